package org.mailflow.assembly.operation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Inject;
import org.mailflow.assembly.smtp.ListenerCertificate;
import org.mailflow.assembly.smtp.ListenerCertificates;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.operation.CertificateTerm;
import org.mailflow.core.tls.CertificateRenewal;
import org.mailflow.core.tls.ServerCertificate;

/** How long the certificates in use are good for: those of mailflow.xml, and those that listeners present. */
final class CertificateTerms {

    private final LiveMailflow live;
    private final ListenerCertificates listeners;

    @Inject
    CertificateTerms(LiveMailflow live, ListenerCertificates listeners) {
        this.live = live;
        this.listeners = listeners;
    }

    List<CertificateTerm> all() {
        List<CertificateTerm> terms = new ArrayList<>();
        Mailflow mailflow = live.current();
        for (ServerCertificate certificate : mailflow.server().certificates()) {
            terms.add(new CertificateTerm(
                    certificate.name(),
                    end(certificate.chain()),
                    users(mailflow, certificate),
                    CertificateRenewal.of(certificate).trouble()));
        }
        Map<String, List<ListenerCertificate.InUse>> byFile = new TreeMap<>();
        listeners.inUse().forEach(one -> byFile.computeIfAbsent(one.file(), key -> new ArrayList<>())
                .add(one));
        byFile.forEach((file, users) -> terms.add(ofListeners(file, users)));
        return terms;
    }

    /** Listeners with the same file may for a moment have different certificates: the one that ends first is told. */
    private static CertificateTerm ofListeners(String file, List<ListenerCertificate.InUse> users) {
        return new CertificateTerm(
                "of listeners: " + file,
                users.stream()
                        .map(user -> end(user.chain()))
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH),
                users.stream().map(user -> "port " + user.port()).toList(),
                users.stream().flatMap(user -> user.trouble().stream()).findFirst());
    }

    /** A chain is good for as long as every part of it is. */
    private static Instant end(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static List<String> users(Mailflow mailflow, ServerCertificate certificate) {
        List<String> users = new ArrayList<>();
        for (Organization organization : mailflow.organizations()) {
            for (OutboundConnector connector : organization.outboundConnectors().all()) {
                if (connector
                        .tlsCertificateName()
                        .filter(certificate.name()::equalsIgnoreCase)
                        .isPresent()) {
                    users.add(organization.queueName(connector));
                }
            }
        }
        return users;
    }
}
