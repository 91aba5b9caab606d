package org.mailflow.testing.postfix;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;

/**
 * What a {@link Postfix} is to be.
 *
 * @param settings parameters of main.cf; they win over everything else
 * @param tables look-up tables by the parameter that names them
 * @param clients parameters of further clients by their names
 */
record PostfixSettings(
        String hostName,
        Map<String, String> settings,
        Map<String, Map<String, String>> tables,
        Map<String, Map<String, String>> clients,
        Set<String> mailboxes,
        List<CertificateAuthority> trusted,
        @Nullable Credentials server,
        @Nullable Credentials client) {
    PostfixSettings {
        settings = new LinkedHashMap<>(settings);
        tables = new LinkedHashMap<>(tables);
        clients = new LinkedHashMap<>(clients);
        mailboxes = new LinkedHashSet<>(mailboxes);
        trusted = List.copyOf(trusted);
    }

    String mailboxDomains() {
        return mailboxes.stream()
                .map(address -> address.substring(address.indexOf('@') + 1))
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
