package org.mailflow.delivery;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.tls.CertificateName;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.PeerJudge;
import org.mailflow.core.tls.ServerCertificate;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.core.validation.TlsDemand;

/** What a connector demands of TLS (parameters TlsSettings, TlsDomain, TlsCertificateName), and how it is met. */
final class OutboundTls {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int NAMES = 10;
    private static final int ISSUER = 200;

    private final Optional<TlsSettings> settings;
    private final Optional<CertificateName> domain;
    private final PeerJudge judge;
    private final SSLContext context;

    /**
     * Demands of one connector.
     *
     * @param settings empty for TLS where the host offers it
     * @param certificate is presented to the host
     * @param trusted the authorities that hosts' certificates may end at
     * @throws GeneralSecurityException where this Java has no TLS
     */
    OutboundTls(
            Optional<TlsSettings> settings,
            Optional<CertificateName> domain,
            Optional<ServerCertificate> certificate,
            Set<X509Certificate> trusted)
            throws GeneralSecurityException {
        this.settings = settings;
        this.domain = domain;
        this.judge = new PeerJudge(trusted, PeerJudge.Role.SERVER);
        this.context = SSLContext.getInstance("TLS");
        context.init(
                certificate.stream().map(PresentsOneCertificate::new).toArray(KeyManager[]::new),
                new TrustManager[] {new TakesAnyCertificate()},
                null);
    }

    private OutboundTls(OutboundTls general, Optional<CertificateName> domain) {
        this.settings = general.settings;
        this.domain = domain;
        this.judge = general.judge;
        this.context = general.context;
    }

    /**
     * The demands on the MX hosts of a domain: without {@code tlsDomain} their certificates are compared with the
     * recipient's domain (parameter TlsAuthLevel of New-SendConnector).
     */
    OutboundTls forDomain(String recipientDomain) {
        boolean compared =
                settings.filter(TlsSettings.DOMAIN_VALIDATION::equals).isPresent();
        return !compared || domain.isPresent() || !recipientDomain.contains(".")
                ? this
                : new OutboundTls(this, Optional.of(CertificateName.parse(recipientDomain)));
    }

    /** The name that a host's certificate must carry; empty where none is demanded. */
    Optional<String> demandedName() {
        return settings.filter(TlsSettings.DOMAIN_VALIDATION::equals)
                .flatMap(validated -> domain.map(CertificateName::toString));
    }

    /** What is demanded, in words that a validation tells. */
    TlsDemand demand() {
        return new TlsDemand(settings, domain, false);
    }

    /** Whether mail must not leave in clear text. */
    boolean isForced() {
        return settings.isPresent();
    }

    /** Wraps a connection whose STARTTLS was answered with 220; the handshake is still to be made. */
    SSLSocket wrap(SmtpConnection connection, Hop hop) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        connection.socket(), hop.name().orElse(hop.address().toString()), hop.port(), true);
        socket.setUseClientMode(true);
        socket.setEnabledProtocols(PROTOCOLS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(hop.name().stream()
                .map(SNIHostName::new)
                .map(name -> (javax.net.ssl.SNIServerName) name)
                .toList());
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** Whom a session that is set up is with. */
    PeerFacts facts(Hop hop, SSLSession session) {
        return new PeerFacts(
                hop,
                Optional.of(new TlsSession(session.getProtocol(), session.getCipherSuite())),
                judge.judge(chain(session), Instant.now()));
    }

    /**
     * What the host's certificate lacks: what was expected, what it presented, and who issued it; empty where the connector's
     * demands are met.
     */
    Optional<String> unmet(PeerIdentity identity, SSLSession session) {
        if (settings.isEmpty() || settings.get() == TlsSettings.ENCRYPTION_ONLY) {
            return Optional.empty();
        }
        if (!(identity instanceof PeerIdentity.Verified verified)) {
            return Optional.of("CertificateInvalid Expected Subject: "
                    + domain.map(CertificateName::toString).orElse("any, of a trusted authority")
                    + ". Presented Subject: "
                    + (identity instanceof PeerIdentity.Unverified unverified
                            ? shown(unverified.names()) + issuer(session) + ". Reason: " + unverified.reason()
                            : "none"));
        }
        if (settings.get() == TlsSettings.CERTIFICATE_VALIDATION
                || domain.filter(identity::proves).isPresent()) {
            return Optional.empty();
        }
        return Optional.of("SubjectMismatch Expected Subject: "
                + domain.map(CertificateName::toString).orElse("the recipient's domain") + ". Presented Subject: "
                + shown(verified.names()));
    }

    /** A certificate may have thousands of names; nobody reads more than a few. */
    private static String shown(List<String> names) {
        if (names.isEmpty()) {
            return "no name";
        }
        return names.stream().limit(NAMES).collect(Collectors.joining(", "))
                + (names.size() > NAMES ? " and " + (names.size() - NAMES) + " others" : "");
    }

    private static String issuer(SSLSession session) {
        return chain(session).stream()
                .findFirst()
                .map(certificate -> certificate.getIssuerX500Principal().getName())
                .map(name -> ", issued by " + (name.length() > ISSUER ? name.substring(0, ISSUER) : name))
                .orElse("");
    }

    /** What the host presented; its own certificate first. */
    static List<X509Certificate> chain(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /** Sessions that were made on equal demands are interchangeable: with the same certificate, authorities and name. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OutboundTls tls
                && context == tls.context
                && settings.equals(tls.settings)
                && domain.equals(tls.domain);
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(context), settings, domain);
    }
}
