package org.mailflow.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import org.mailflow.testing.ldap.Slapd;

/** A directory server of Java's, for what slapd never does. */
final class InMemoryServer implements AutoCloseable {

    private final InMemoryDirectoryServer server;

    InMemoryServer(InMemoryOperationInterceptor interceptor) throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(Slapd.BASE_DN);
        config.setSchema(null);
        config.setListenerConfigs(
                new InMemoryListenerConfig("loopback", InetAddress.getLoopbackAddress(), 0, null, null, null));
        config.addInMemoryOperationInterceptor(interceptor);
        server = new InMemoryDirectoryServer(config);
        server.add("dn: " + Slapd.BASE_DN, "objectClass: domain", "dc: contoso");
        server.startListening();
    }

    void add(String... ldif) throws LDAPException, LDIFException {
        server.add(ldif);
    }

    /** Adds a person, and gives its name. */
    String addUser(int number) throws LDAPException, LDIFException {
        String name = "cn=User " + number + "," + Slapd.BASE_DN;
        add("dn: " + name, "objectClass: person", "cn: User " + number, "mail: user" + number + "@contoso.com");
        return name;
    }

    String url() {
        return "ldap://localhost:" + server.getListenPort();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
