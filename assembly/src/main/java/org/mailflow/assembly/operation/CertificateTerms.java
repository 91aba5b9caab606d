package org.mailflow.assembly.operation;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.inject.Inject;
import nl.altindag.ssl.util.PemUtils;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.operation.CertificateTerm;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.tls.ServerCertificate;

/** How long the certificates are good for: those of mailflow.xml, and those that the listeners of smtpserver.xml present. */
final class CertificateTerms {

    private final LiveMailflow live;
    private final ConfigurationProvider configurations;
    private final FileSystem files;

    @Inject
    CertificateTerms(LiveMailflow live, ConfigurationProvider configurations, FileSystem files) {
        this.live = live;
        this.configurations = configurations;
        this.files = files;
    }

    List<CertificateTerm> all() throws OperationException {
        List<CertificateTerm> terms = new ArrayList<>();
        Mailflow mailflow = live.current();
        for (ServerCertificate certificate : mailflow.server().certificates()) {
            terms.add(new CertificateTerm(certificate.name(), end(certificate.chain()), users(mailflow, certificate)));
        }
        for (String file : listenerFiles()) {
            try (InputStream pem = files.getResource(file)) {
                terms.add(new CertificateTerm(
                        "of listeners: " + file,
                        end(PemUtils.loadCertificate(pem).stream()
                                .filter(X509Certificate.class::isInstance)
                                .map(X509Certificate.class::cast)
                                .toList()),
                        List.of()));
            } catch (IOException | RuntimeException e) {
                throw OperationException.failed("the certificate of a listener cannot be read: " + file, e);
            }
        }
        return terms;
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

    private SortedSet<String> listenerFiles() throws OperationException {
        SortedSet<String> names = new TreeSet<>();
        try {
            HierarchicalConfiguration<ImmutableNode> smtp = configurations.getConfiguration("smtpserver");
            for (HierarchicalConfiguration<ImmutableNode> listener : smtp.configurationsAt("smtpserver")) {
                String file = listener.getString("tls.certificates", "");
                if (!file.isEmpty()) {
                    names.add(file);
                }
            }
        } catch (ConfigurationException e) {
            throw OperationException.failed("smtpserver.xml cannot be read", e);
        }
        return names;
    }
}
