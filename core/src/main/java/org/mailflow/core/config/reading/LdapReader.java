package org.mailflow.core.config.reading;

import static org.mailflow.core.config.settings.LdapElements.BASE_DN;
import static org.mailflow.core.config.settings.LdapElements.BIND_DN;
import static org.mailflow.core.config.settings.LdapElements.BIND_PASSWORD;
import static org.mailflow.core.config.settings.LdapElements.BIND_PASSWORD_FILE;
import static org.mailflow.core.config.settings.LdapElements.CACHE_SIZE;
import static org.mailflow.core.config.settings.LdapElements.CONNECT_TIMEOUT;
import static org.mailflow.core.config.settings.LdapElements.EXPAND_GROUPS;
import static org.mailflow.core.config.settings.LdapElements.FILTER;
import static org.mailflow.core.config.settings.LdapElements.FOUND_TTL;
import static org.mailflow.core.config.settings.LdapElements.GROUP_CLASSES;
import static org.mailflow.core.config.settings.LdapElements.KEEP_WHILE_UNAVAILABLE;
import static org.mailflow.core.config.settings.LdapElements.MAIL;
import static org.mailflow.core.config.settings.LdapElements.MAILBOX_LOCATION;
import static org.mailflow.core.config.settings.LdapElements.MEMBER;
import static org.mailflow.core.config.settings.LdapElements.NAME;
import static org.mailflow.core.config.settings.LdapElements.NOT_FOUND_TTL;
import static org.mailflow.core.config.settings.LdapElements.POOL_SIZE;
import static org.mailflow.core.config.settings.LdapElements.PROXY_ADDRESSES;
import static org.mailflow.core.config.settings.LdapElements.RESPONSE_TIMEOUT;
import static org.mailflow.core.config.settings.LdapElements.START_TLS;
import static org.mailflow.core.config.settings.LdapElements.TARGET_ADDRESS;
import static org.mailflow.core.config.settings.LdapElements.URL;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.config.settings.MailboxLocation;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.LdapSettings.Attributes;
import org.mailflow.core.directory.LdapSettings.Credentials;
import org.mailflow.core.directory.LdapSettings.Limits;
import org.mailflow.core.directory.RecipientSource;

/** Reads the element {@code ldap}. It connects to nothing. */
final class LdapReader {

    private static final Duration ANY = Duration.ofSeconds(1);

    private final Reading reading;
    private final Set<X509Certificate> trusted;

    LdapReader(Reading reading, Set<X509Certificate> trusted) {
        this.reading = reading;
        this.trusted = Set.copyOf(trusted);
    }

    /** The source; always there, with harmless values where a parameter is missing or broken, which is noted. */
    RecipientSource read(String organization, Section section) {
        LdapSettings settings = new LdapSettings(
                organization,
                section.one(NAME, ""),
                section.list(URL),
                section.one(START_TLS, false),
                credentials(section),
                section.one(BASE_DN, ""),
                section.one(FILTER),
                new Attributes(
                        section.one(MAIL, ""),
                        section.one(PROXY_ADDRESSES, ""),
                        section.one(TARGET_ADDRESS, ""),
                        section.list(MEMBER),
                        section.list(GROUP_CLASSES)),
                section.one(EXPAND_GROUPS, true),
                section.one(MAILBOX_LOCATION, MailboxLocation.HERE) == MailboxLocation.HERE,
                new Limits(
                        section.one(CONNECT_TIMEOUT, ANY),
                        section.one(RESPONSE_TIMEOUT, ANY),
                        section.one(POOL_SIZE, 1),
                        section.one(CACHE_SIZE, 1),
                        section.one(FOUND_TTL, ANY),
                        section.one(NOT_FOUND_TTL, ANY),
                        section.one(KEEP_WHILE_UNAVAILABLE, Duration.ZERO)),
                trusted);
        return new RecipientSource.Ldap(settings, section.location());
    }

    private Optional<Credentials> credentials(Section section) {
        Optional<String> dn = section.one(BIND_DN);
        Optional<String> password =
                section.one(BIND_PASSWORD).or(() -> PasswordFile.read(section, BIND_PASSWORD_FILE, reading));
        return dn.flatMap(account -> password.map(secret -> new Credentials(account, secret)));
    }
}
