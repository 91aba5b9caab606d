package org.mailflow.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.directory.LdapFilter;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.LdapSettings.Attributes;
import org.mailflow.core.directory.LdapSettings.Credentials;
import org.mailflow.core.directory.LdapSettings.Limits;
import org.mailflow.core.directory.LdapUrl;
import org.mailflow.testing.ldap.Slapd;

/**
 * Settings for tests, as they are where nothing is written but what must be.
 *
 * @param settings so far
 */
record Ldap(LdapSettings settings) {

    static Ldap at(String... urls) {
        return new Ldap(new LdapSettings(
                "contoso",
                "corp",
                List.of(urls).stream().map(LdapUrl::parse).toList(),
                false,
                Optional.empty(),
                Slapd.BASE_DN,
                Optional.empty(),
                new Attributes(
                        "mail", "proxyAddresses", "targetAddress", List.of("member"), List.of("group", "groupOfNames")),
                true,
                true,
                new Limits(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        4,
                        1000,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(30),
                        Duration.ofHours(1)),
                Set.of()));
    }

    Ldap startTls() {
        return with(true, settings.credentials(), settings.filter(), true, true, settings.limits(), settings.trusted());
    }

    Ldap trusting(X509Certificate authority) {
        return with(
                settings.startTls(),
                settings.credentials(),
                settings.filter(),
                settings.expandGroups(),
                settings.mailboxesAreHere(),
                settings.limits(),
                Set.of(authority));
    }

    Ldap as(String bindDn, String password) {
        return with(
                settings.startTls(),
                Optional.of(new Credentials(bindDn, password)),
                settings.filter(),
                settings.expandGroups(),
                settings.mailboxesAreHere(),
                settings.limits(),
                settings.trusted());
    }

    Ldap filter(String filter) {
        return with(
                settings.startTls(),
                settings.credentials(),
                Optional.of(new LdapFilter(filter)),
                settings.expandGroups(),
                settings.mailboxesAreHere(),
                settings.limits(),
                settings.trusted());
    }

    Ldap unexpanded() {
        return with(
                settings.startTls(),
                settings.credentials(),
                settings.filter(),
                false,
                settings.mailboxesAreHere(),
                settings.limits(),
                settings.trusted());
    }

    Ldap onOtherPremises() {
        return with(
                settings.startTls(),
                settings.credentials(),
                settings.filter(),
                settings.expandGroups(),
                false,
                settings.limits(),
                settings.trusted());
    }

    /** With further addresses in this attribute. */
    Ldap proxyAddresses(String attribute) {
        Attributes given = settings.attributes();
        return new Ldap(new LdapSettings(
                settings.organization(),
                settings.name(),
                settings.urls(),
                settings.startTls(),
                settings.credentials(),
                settings.baseDn(),
                settings.filter(),
                new Attributes(given.mail(), attribute, given.targetAddress(), given.member(), given.groupClasses()),
                settings.expandGroups(),
                settings.mailboxesAreHere(),
                settings.limits(),
                settings.trusted()));
    }

    /** With so many connections. */
    Ldap connections(int most) {
        Limits limits = settings.limits();
        return with(
                settings.startTls(),
                settings.credentials(),
                settings.filter(),
                settings.expandGroups(),
                settings.mailboxesAreHere(),
                new Limits(
                        limits.connectTimeout(),
                        limits.responseTimeout(),
                        most,
                        limits.cachedAddresses(),
                        limits.foundFor(),
                        limits.notFoundFor(),
                        limits.keptFor()),
                settings.trusted());
    }

    Ldap keepingNothing() {
        Limits limits = settings.limits();
        return with(
                settings.startTls(),
                settings.credentials(),
                settings.filter(),
                settings.expandGroups(),
                settings.mailboxesAreHere(),
                new Limits(
                        limits.connectTimeout(),
                        limits.responseTimeout(),
                        limits.connections(),
                        limits.cachedAddresses(),
                        limits.foundFor(),
                        limits.notFoundFor(),
                        Duration.ZERO),
                settings.trusted());
    }

    private Ldap with(
            boolean startTls,
            Optional<Credentials> credentials,
            Optional<LdapFilter> filter,
            boolean expandGroups,
            boolean mailboxesAreHere,
            Limits limits,
            Set<X509Certificate> trusted) {
        return new Ldap(new LdapSettings(
                settings.organization(),
                settings.name(),
                settings.urls(),
                startTls,
                credentials,
                settings.baseDn(),
                filter,
                settings.attributes(),
                expandGroups,
                mailboxesAreHere,
                limits,
                trusted));
    }

    LdapDirectory open(Ticker ticker) {
        return new LdapDirectory(settings, new LookupMeter(), ticker);
    }

    LdapDirectory open() {
        return open(Ticker.systemTicker());
    }
}
