package org.mailflow.testing.postfix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;

/**
 * What a {@link Postfix} is to be. Unless it is told otherwise it takes mail from loopback for anybody, fails what no
 * transport is given for, looks nothing up in DNS, and retries every two seconds.
 */
public final class PostfixBuilder {
    private final String hostName;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> clients = new LinkedHashMap<>();
    private final Set<String> mailboxes = new LinkedHashSet<>();
    private final List<CertificateAuthority> trusted = new ArrayList<>();
    private @Nullable Credentials server;
    private @Nullable Credentials client;

    PostfixBuilder(String hostName) {
        this.hostName = hostName;
    }

    /** Sets a parameter of main.cf; it wins over what the other methods of this class set. */
    public PostfixBuilder setting(String parameter, String value) {
        settings.put(parameter, value);
        return this;
    }

    /** Adds an entry to the table of a parameter, for example {@code virtual_alias_maps}. */
    public PostfixBuilder table(String parameter, String key, String value) {
        tables.computeIfAbsent(parameter, name -> new LinkedHashMap<>()).put(key, value);
        return this;
    }

    /**
     * Routes a domain, an address, or everything else ({@code *}).
     *
     * @param nextHop for example {@code smtp:[127.0.0.1]:2525}
     */
    public PostfixBuilder transport(String pattern, String nextHop) {
        return table("transport_maps", pattern, nextHop);
    }

    /**
     * Adds a client of its own, for {@link #transport} to name in place of {@code smtp}.
     *
     * @param settings parameters of main.cf that are different for it, values without blanks
     */
    public PostfixBuilder client(String name, Map<String, String> settings) {
        clients.put(name, new LinkedHashMap<>(settings));
        return this;
    }

    /** Delivers mail for an alias, whose domain Postfix need not know otherwise, to another address. */
    public PostfixBuilder alias(String address, String target) {
        return table("virtual_alias_maps", address, target);
    }

    /**
     * Sets TLS for a next hop.
     *
     * @param nextHop as in {@link #transport}, without {@code smtp:}
     * @param policy for example {@code encrypt} or {@code secure match=mail.contoso.com}
     */
    public PostfixBuilder tlsPolicy(String nextHop, String policy) {
        return table("smtp_tls_policy_maps", nextHop, policy);
    }

    /** Accepts mail for these addresses into mailboxes, and for no other address of their domains. */
    public PostfixBuilder mailboxes(String... addresses) {
        mailboxes.addAll(Arrays.asList(addresses));
        return this;
    }

    /** Offers STARTTLS with this identity, and asks the client for a certificate. */
    public PostfixBuilder serverCertificate(Credentials identity) {
        server = identity;
        return this;
    }

    /** Presents this identity where a server asks for one. */
    public PostfixBuilder clientCertificate(Credentials identity) {
        client = identity;
        return this;
    }

    /** Trusts certificates of these authorities, of clients and of servers. */
    public PostfixBuilder trust(CertificateAuthority... authorities) {
        trusted.addAll(Arrays.asList(authorities));
        return this;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws IOException where Postfix does not start; the message has what it said
     * @throws IllegalStateException where Postfix cannot run here, see {@link Postfix#obstacle}
     */
    public Postfix start() throws IOException {
        Postfix.obstacle().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        return Postfix.install(
                new PostfixSettings(hostName, settings, tables, clients, mailboxes, trusted, server, client));
    }
}
