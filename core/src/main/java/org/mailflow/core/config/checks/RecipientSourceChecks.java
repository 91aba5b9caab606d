package org.mailflow.core.config.checks;

import static org.mailflow.core.config.settings.LdapElements.BIND_DN;
import static org.mailflow.core.config.settings.LdapElements.BIND_PASSWORD;
import static org.mailflow.core.config.settings.LdapElements.BIND_PASSWORD_FILE;
import static org.mailflow.core.config.settings.LdapElements.CONNECT_TIMEOUT;
import static org.mailflow.core.config.settings.LdapElements.RESPONSE_TIMEOUT;
import static org.mailflow.core.config.settings.LdapElements.START_TLS;
import static org.mailflow.core.config.settings.LdapElements.URL;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.OrganizationDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.reading.SourceDraft;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.LdapUrl;
import org.mailflow.core.directory.RecipientSource;

/** Directory servers are asked safely, and none for longer than a mail client waits. */
final class RecipientSourceChecks {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private RecipientSourceChecks() {}

    static void run(MailflowDraft draft) {
        draft.organizations().forEach(RecipientSourceChecks::run);
    }

    private static void run(OrganizationDraft organization) {
        Set<String> names = new HashSet<>();
        for (SourceDraft source : organization.sources()) {
            if (source instanceof SourceDraft.Asked asked && asked.source() instanceof RecipientSource.Ldap ldap) {
                run(ldap.settings(), asked.section());
                if (!names.add(ldap.settings().name().toLowerCase(Locale.ROOT))) {
                    asked.section().error("is there a second time", "Give each directory a name of its own");
                }
            }
        }
    }

    private static void run(LdapSettings settings, Section section) {
        credentials(section);
        encryption(settings, section);
        boolean judged = section.isSound(CONNECT_TIMEOUT) && section.isSound(RESPONSE_TIMEOUT);
        Duration whole =
                settings.limits().connectTimeout().plus(settings.limits().responseTimeout());
        if (judged && whole.compareTo(LONGEST) > 0) {
            section.error(
                    RESPONSE_TIMEOUT,
                    "is " + whole.toSeconds() + " s together with connectTimeout",
                    "Take " + LONGEST.toSeconds()
                            + " s at most: for so long every session waits for a server that hangs");
        }
    }

    private static void credentials(Section section) {
        boolean password = section.has(BIND_PASSWORD) || section.has(BIND_PASSWORD_FILE);
        if (section.has(BIND_PASSWORD) && section.has(BIND_PASSWORD_FILE)) {
            section.error(BIND_PASSWORD, "and bindPasswordFile both name a password", "Keep one of the two");
        }
        if (section.has(BIND_DN) && !password) {
            section.error(
                    BIND_DN,
                    "has no password, and many servers take that for an anonymous question",
                    "Add <bindPasswordFile>, or remove bindDn");
        }
        if (password && !section.has(BIND_DN)) {
            section.error(
                    section.has(BIND_PASSWORD) ? BIND_PASSWORD : BIND_PASSWORD_FILE,
                    "has no account",
                    "Add <bindDn> with the account that asks");
        }
    }

    private static void encryption(LdapSettings settings, Section section) {
        if (!section.isSound(URL) || !section.isSound(START_TLS)) {
            return;
        }
        boolean allSecure =
                !settings.urls().isEmpty() && settings.urls().stream().allMatch(LdapUrl::secure);
        if (settings.startTls() && allSecure) {
            section.error(START_TLS, "is for ldap://, but ldaps:// begins with TLS", "Remove it, or write ldap://");
        }
        settings.urls().stream()
                .filter(url -> !url.secure() && !settings.startTls() && !url.isLoopback())
                .findFirst()
                .ifPresent(url -> clear(url, section));
    }

    private static void clear(LdapUrl url, Section section) {
        boolean password = section.has(BIND_PASSWORD) || section.has(BIND_PASSWORD_FILE);
        String remedy = "Write ldaps://" + url.host() + ", or add <startTls>true</startTls>";
        if (password) {
            section.error(URL, url + " would show the password to the network", remedy);
        } else {
            section.warning(
                    URL, url + " is asked in clear text: whoever is in between decides where mail goes", remedy);
        }
    }
}
