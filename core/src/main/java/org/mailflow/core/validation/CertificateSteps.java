package org.mailflow.core.validation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailflow.core.operation.Thresholds;
import org.mailflow.core.tls.CertificateName;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.PeerJudge;

/**
 * Says of a host's certificate what is well and what is not, each with its remedy. Whether mail is handed over is not
 * decided here: what the delivery decided is told.
 */
public final class CertificateSteps {

    private static final String ARROW = " <- ";

    private final TlsDemand demand;
    private final Set<X509Certificate> trusted;
    private final Instant now;

    /**
     * For a connector.
     *
     * @param trusted the server's authorities
     */
    public CertificateSteps(TlsDemand demand, Set<X509Certificate> trusted, Instant now) {
        this.demand = demand;
        this.trusted = Set.copyOf(trusted);
        this.now = now;
    }

    /**
     * The steps of a certificate.
     *
     * @param chain as presented, the host's own certificate first
     * @param identity what it proves
     * @param unmet why the delivery refuses the host; empty where it hands mail over
     */
    public List<Step> of(List<X509Certificate> chain, PeerIdentity identity, Optional<String> unmet) {
        if (chain.isEmpty()) {
            return List.of(
                    unmet.isPresent()
                            ? Step.failed(Stage.CHAIN, "the host presented no certificate", "Have it present one")
                            : Step.ok(Stage.CHAIN, "the host presented no certificate, and need not"));
        }
        Step name = name(chain.get(0), identity);
        Step trust = chain(chain, identity);
        Step validity = validity(chain);
        boolean told = name.hasFailed() || trust.hasFailed() || validity.hasFailed();
        return unmet.isPresent() && !told
                ? List.of(
                        name,
                        Step.failed(Stage.CHAIN, unmet.get(), "Have the host present another certificate"),
                        validity)
                : List.of(name, trust, validity);
    }

    /** What of the session is for programs. */
    public TlsFinding finding(String version, String cipher, List<X509Certificate> chain, PeerIdentity identity) {
        return new TlsFinding(
                version,
                cipher,
                demand.name().map(CertificateName::toString),
                chain.isEmpty() ? List.of() : PeerJudge.names(chain.get(0)),
                identity instanceof PeerIdentity.Verified,
                chain.isEmpty() ? Optional.empty() : Optional.of(daysLeft(chain)),
                chain.stream().map(PresentedCertificate::of).toList());
    }

    private Step name(X509Certificate certificate, PeerIdentity identity) {
        List<String> names = PeerJudge.names(certificate);
        String presented = names.isEmpty()
                ? "the host presented no DNS name (only the subject " + subject(certificate) + ")"
                : "the host presented " + String.join(", ", names);
        if (!demand.demandsName() || demand.name().isEmpty()) {
            return Step.ok(Stage.NAME, presented + "; no name is compared (" + demand + ")");
        }
        CertificateName expected = demand.name().get();
        if (names.stream().anyMatch(expected::isSatisfiedBy)) {
            boolean proven = identity instanceof PeerIdentity.Verified;
            return Step.ok(Stage.NAME, presented + "; " + expected + (proven ? " is proven" : " is claimed"));
        }
        return Step.failed(
                Stage.NAME,
                presented
                        + (demand.byRecipient()
                                ? ", and not the recipient's domain "
                                : ", the connector's tlsDomain is ")
                        + expected,
                (names.isEmpty()
                                ? "Have"
                                : "If this is the right host, set tlsDomain to " + names.get(0) + "; else have")
                        + " its administrator install a certificate for " + expected);
    }

    private Step chain(List<X509Certificate> chain, PeerIdentity identity) {
        String subjects = chain.stream().map(CertificateSteps::subject).collect(Collectors.joining(ARROW));
        X509Certificate last = chain.get(chain.size() - 1);
        String whole = isSelfSigned(last) ? subjects : subjects + ARROW + issuer(last);
        if (identity instanceof PeerIdentity.Verified) {
            return Step.ok(Stage.CHAIN, whole + ": ends at a trusted authority");
        }
        String reason =
                identity instanceof PeerIdentity.Unverified unverified ? unverified.reason() : String.valueOf(identity);
        if (isOutOfTime(chain.get(0))) {
            // That is told with its dates; who signed it was not looked at.
            return Step.ok(Stage.CHAIN, whole + ": not looked at, since the certificate is out of its time");
        }
        return demand.demandsTrust()
                ? Step.failed(Stage.CHAIN, whole + ": " + reason, remedy(last))
                : Step.ok(Stage.CHAIN, whole + ": not trusted, and need not be (" + reason + ")");
    }

    private String remedy(X509Certificate last) {
        String missing = isSelfSigned(last) ? subject(last) : issuer(last);
        boolean named = trusted.stream()
                .anyMatch(authority -> authority.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
        if (named) {
            return "An authority " + missing
                    + " is trusted, and yet the chain does not hold: compare its key with that of "
                    + "the host's authority, and have the host present every certificate between";
        }
        return isSelfSigned(last)
                ? "If you trust " + missing
                        + ", add its certificate to trustedCertificates of <server>; else have the host "
                        + "present a certificate of an authority that you trust"
                : "Have the host present the certificate of " + missing + " too; or, if you trust it, add it to "
                        + "trustedCertificates of <server>";
    }

    private Step validity(List<X509Certificate> chain) {
        X509Certificate first = chain.get(0);
        Instant begin = first.getNotBefore().toInstant();
        if (now.isBefore(begin)) {
            return outOfTime(
                    "the certificate is not valid before " + begin,
                    "Compare the clocks of both machines; this one's says " + now);
        }
        Instant end = end(chain);
        long days = daysLeft(chain);
        if (days < 0) {
            return isOutOfTime(first)
                    ? outOfTime("the certificate expired " + end, "Have the host's administrator renew it")
                    : Step.warning(
                            Stage.VALIDITY,
                            "a certificate that the host presents with its own expired " + end,
                            "Have the host's administrator replace it");
        }
        String text = "good for " + days + (days == 1 ? " more day" : " more days") + ", until " + end;
        return days <= Thresholds.DEFAULT.certificateDays().warning()
                ? Step.warning(Stage.VALIDITY, text, "Have the host's administrator renew the certificate in time")
                : Step.ok(Stage.VALIDITY, text);
    }

    private Step outOfTime(String text, String remedy) {
        return demand.demandsTrust()
                ? Step.failed(Stage.VALIDITY, text, remedy)
                : Step.warning(Stage.VALIDITY, text + "; " + demand + " takes it all the same", remedy);
    }

    private boolean isOutOfTime(X509Certificate certificate) {
        return now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant());
    }

    private static Instant end(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private long daysLeft(List<X509Certificate> chain) {
        Duration left = Duration.between(now, end(chain));
        return left.isNegative() ? -1 - left.negated().toDays() : left.toDays();
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static String issuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName();
    }
}
