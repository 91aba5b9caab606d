package org.mailflow.core.directory;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a directory server is (RFC 4516, scheme, host and port alone).
 *
 * @param secure whether TLS comes first ({@code ldaps})
 * @param host a name, or an address without brackets
 * @param port from 1 to 65535
 */
public record LdapUrl(boolean secure, String host, int port) {

    private static final int LDAP = 389;
    private static final int LDAPS = 636;
    private static final int LAST_PORT = 65_535;
    private static final String REMEDY = ": write ldap://host, ldaps://host or either with :port";

    /**
     * Reads {@code ldap://host:port}.
     *
     * @throws IllegalArgumentException where the text is none; the message says how to write it
     */
    public static LdapUrl parse(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain = uri.getHost() != null
                    && (uri.getPath().isEmpty() || uri.getPath().equals("/"))
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= LAST_PORT;
            if (!plain || !(scheme.equals("ldap") || scheme.equals("ldaps"))) {
                throw new IllegalArgumentException("'" + text + "' is no directory server" + REMEDY);
            }
            boolean secure = scheme.equals("ldaps");
            int standard = secure ? LDAPS : LDAP;
            String host = uri.getHost().replaceAll("[\\[\\]]", "");
            return new LdapUrl(secure, host, uri.getPort() > 0 ? uri.getPort() : standard);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no directory server" + REMEDY, e);
        }
    }

    /** Whether it is certainly on this machine, so that no network can listen. */
    public boolean isLoopback() {
        return host.equalsIgnoreCase("localhost") || (host.startsWith("127.") && isIpv4()) || host.equals("::1");
    }

    private boolean isIpv4() {
        return host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (secure ? "ldaps://" : "ldap://") + name + ":" + port;
    }
}
