package org.mailflow.core.directory;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How to ask a directory server for recipients. Two that are equal may share connections and answers.
 *
 * @param organization whose recipients are there
 * @param name what administrators call it; no other of the organization is called so
 * @param urls the servers, each the other's replacement; in the order in which they are tried
 * @param startTls whether a connection to {@code ldap://} is encrypted before anything else is said on it
 * @param credentials who asks; empty for anybody
 * @param baseDn where recipients are sought, at any depth
 * @param filter which entry has an address; empty for the one that follows from the attributes
 * @param attributes where an entry says what
 * @param expandGroups whether mail for a group goes on to its members here
 * @param mailboxesAreHere whether a recipient without targetAddress has a mailbox here, or one on the other premises
 *     under its own address
 * @param limits how long and how much
 * @param trusted the authorities that a server's certificate may end at
 */
public record LdapSettings(
        String organization,
        String name,
        List<LdapUrl> urls,
        boolean startTls,
        Optional<Credentials> credentials,
        String baseDn,
        Optional<LdapFilter> filter,
        Attributes attributes,
        boolean expandGroups,
        boolean mailboxesAreHere,
        Limits limits,
        Set<X509Certificate> trusted) {

    /** Copies the collections. */
    public LdapSettings {
        urls = List.copyOf(urls);
        trusted = Set.copyOf(trusted);
    }

    /**
     * Who asks.
     *
     * @param bindDn the account
     * @param password its password
     */
    public record Credentials(String bindDn, String password) {
        /** Without the password, which belongs in no log. */
        @Override
        public String toString() {
            return bindDn;
        }
    }

    /**
     * Where an entry says what.
     *
     * @param mail its primary address
     * @param proxyAddresses all its addresses, as Exchange writes them
     * @param targetAddress where its mail goes instead of a mailbox here
     * @param member the members of a group, by their distinguished names
     * @param groupClasses the object classes of groups
     */
    public record Attributes(
            String mail, String proxyAddresses, String targetAddress, List<String> member, List<String> groupClasses) {
        /** Copies the lists. */
        public Attributes {
            member = List.copyOf(member);
            groupClasses = List.copyOf(groupClasses);
        }
    }

    /**
     * How long and how much.
     *
     * @param connectTimeout how long a connection may take
     * @param responseTimeout how long an answer may take
     * @param connections how many connections at most
     * @param cachedAddresses how many answers are kept at most
     * @param foundFor how long an address that was found is not asked for again
     * @param notFoundFor the same for one that was not
     * @param keptFor how long the last answer with a recipient stands in for a server that cannot be asked; zero for
     *     never
     */
    public record Limits(
            Duration connectTimeout,
            Duration responseTimeout,
            int connections,
            int cachedAddresses,
            Duration foundFor,
            Duration notFoundFor,
            Duration keptFor) {}
}
