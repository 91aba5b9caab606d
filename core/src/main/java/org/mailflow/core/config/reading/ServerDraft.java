package org.mailflow.core.config.reading;

import java.util.List;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.core.tls.ServerCertificate;

/**
 * The server's settings as far as they could be read.
 *
 * @param section its element
 * @param settings the settings; only meaningful where no error was found
 * @param certificateNames the names of its certificates, readable or not
 * @param certificates those that could be read
 */
public record ServerDraft(
        Section section,
        ServerSettings settings,
        List<Draft<String>> certificateNames,
        List<Draft<ServerCertificate>> certificates) {

    /** Copies the lists. */
    public ServerDraft {
        certificateNames = List.copyOf(certificateNames);
        certificates = List.copyOf(certificates);
    }

    /** Both lists of addresses. */
    public List<IpList> ipLists() {
        return List.of(settings.ipAllowList(), settings.ipBlockList());
    }
}
