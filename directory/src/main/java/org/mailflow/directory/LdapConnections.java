package org.mailflow.directory;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.LdapUrl;

/**
 * Connections to the servers of a directory: opened when they are needed, one after the other where a server cannot be
 * reached, and opened anew where a server has closed them. The members of groups have connections of their own, on which
 * many questions are under way at a time: a big group keeps nobody waiting who asks for an address.
 */
final class LdapConnections implements AutoCloseable {

    /** After that, connections go back to the first server. */
    private static final Duration OLDEST = Duration.ofMinutes(5);

    /** How many groups are read at a time. */
    static final int FOR_GROUPS = 2;

    private final LdapSettings settings;
    private @Nullable LDAPConnectionPool pool;
    private @Nullable LDAPConnectionPool groups;
    private boolean closed;

    LdapConnections(LdapSettings settings) {
        this.settings = settings;
    }

    /** The connections for one question at a time; nothing is connected before somebody asks. */
    synchronized LDAPConnectionPool pool() throws LDAPException {
        LDAPConnectionPool open = pool;
        if (open == null) {
            open = open(settings.limits().connections(), true);
            pool = open;
        }
        return open;
    }

    /** The connections for many questions at a time. */
    synchronized LDAPConnectionPool groups() throws LDAPException {
        LDAPConnectionPool open = groups;
        if (open == null) {
            open = open(FOR_GROUPS, false);
            groups = open;
        }
        return open;
    }

    private LDAPConnectionPool open(int most, boolean oneAtATime) throws LDAPException {
        if (closed) {
            throw new LDAPException(ResultCode.UNAVAILABLE, "the configuration has changed");
        }
        SSLSocketFactory tls = tls();
        ServerSet[] servers = settings.urls().stream()
                .map(url -> server(url, tls, oneAtATime))
                .toArray(ServerSet[]::new);
        FailoverServerSet inOrder = new FailoverServerSet(servers);
        inOrder.setMaxFailoverConnectionAgeMillis(OLDEST.toMillis());
        LDAPConnectionPool opened = new LDAPConnectionPool(inOrder, bind(), 0, most);
        opened.setConnectionPoolName("ldap " + settings.name());
        opened.setRetryFailedOperationsDueToInvalidConnections(true);
        opened.setMaxWaitTimeMillis(settings.limits().responseTimeout().toMillis());
        return opened;
    }

    private ServerSet server(LdapUrl url, SSLSocketFactory tls, boolean oneAtATime) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) settings.limits().connectTimeout().toMillis());
        options.setResponseTimeoutMillis(settings.limits().responseTimeout().toMillis());
        options.setAbandonOnTimeout(true);
        options.setUseSynchronousMode(oneAtATime);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new ServerName());
        SocketFactory sockets = url.secure() ? tls : SocketFactory.getDefault();
        @Nullable
        StartTLSPostConnectProcessor startTls =
                settings.startTls() && !url.secure() ? new StartTLSPostConnectProcessor(tls) : null;
        return new SingleServerSet(url.host(), url.port(), sockets, options, bind(), startTls);
    }

    private @Nullable BindRequest bind() {
        return settings.credentials()
                .map(who -> new SimpleBindRequest(who.bindDn(), who.password()))
                .orElse(null);
    }

    private SSLSocketFactory tls() throws LDAPException {
        try {
            return TrustedServers.socketFactory(settings.trusted());
        } catch (GeneralSecurityException e) {
            throw new LDAPException(ResultCode.CONNECT_ERROR, "TLS cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (pool != null) {
            pool.close();
        }
        if (groups != null) {
            groups.close();
        }
    }
}
