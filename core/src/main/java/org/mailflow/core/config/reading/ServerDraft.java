package org.mailflow.core.config.reading;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.model.IpListEntry;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.core.secret.SigningKey;
import org.mailflow.core.tls.ServerCertificate;

/**
 * The server's settings as far as they could be read.
 *
 * @param section its element
 * @param settings the settings; only meaningful where no error was found
 * @param certificateNames the names of its certificates, readable or not
 * @param certificates those that could be read
 * @param exposedKeys those whose key every user of the machine can read
 * @param ipListEntries the entries of both lists of addresses
 * @param signingKey the key of its secretFile, if that could be read
 */
public record ServerDraft(
        Section section,
        ServerSettings settings,
        List<Draft<String>> certificateNames,
        List<Draft<ServerCertificate>> certificates,
        List<Section> exposedKeys,
        List<Draft<IpListEntry>> ipListEntries,
        Optional<SigningKey> signingKey) {

    /** Copies the lists. */
    public ServerDraft {
        certificateNames = List.copyOf(certificateNames);
        certificates = List.copyOf(certificates);
        exposedKeys = List.copyOf(exposedKeys);
        ipListEntries = List.copyOf(ipListEntries);
    }
}
