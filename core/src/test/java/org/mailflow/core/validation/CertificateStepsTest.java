package org.mailflow.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.tls.CertificateName;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.PeerJudge;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;

class CertificateStepsTest {

    private static final CertificateAuthority CA = CertificateAuthority.create("Trusted");
    private static final String NAME = "mail.fabrikam.com";
    private final Instant now = Instant.now();

    @ParameterizedTest(name = "a certificate that lacks {0}")
    @MethodSource("certificates")
    void failsWhereTheDeliveryRefusesTheHostAndNowhereElse(
            String lack, Credentials presented, Set<TlsSettings> refusedBy) {
        for (TlsSettings level : TlsSettings.values()) {
            TlsDemand demand = new TlsDemand(
                    Optional.of(level),
                    level == TlsSettings.DOMAIN_VALIDATION
                            ? Optional.of(CertificateName.parse(NAME))
                            : Optional.empty(),
                    false);
            List<X509Certificate> chain = presented.chain();
            PeerIdentity identity = new PeerJudge(Set.of(CA.certificate()), PeerJudge.Role.SERVER).judge(chain, now);
            boolean refused = refusedBy.contains(level);

            List<Step> steps = new CertificateSteps(demand, Set.of(CA.certificate()), now)
                    .of(chain, identity, refused ? Optional.of("it is refused") : Optional.empty());

            assertThat(steps.stream().anyMatch(Step::hasFailed))
                    .as("%s: %s", level, steps)
                    .isEqualTo(refused);
        }
    }

    private static Stream<Arguments> certificates() {
        Set<TlsSettings> byName = Set.of(TlsSettings.DOMAIN_VALIDATION);
        Set<TlsSettings> byTrust = Set.of(TlsSettings.CERTIFICATE_VALIDATION, TlsSettings.DOMAIN_VALIDATION);
        return Stream.of(
                Arguments.of("nothing", CA.issue(NAME), Set.of()),
                Arguments.of("the name of the host", CA.issue("mail.wingtiptoys.com"), byName),
                Arguments.of("time", CA.order(NAME).dnsNames(NAME).expired().issue(), byTrust),
                Arguments.of("trust", CertificateAuthority.create("Stranger").issue(NAME), byTrust),
                Arguments.of(
                        "trust, but not its name",
                        CertificateAuthority.create("Trusted").issue(NAME),
                        byTrust),
                Arguments.of(
                        "usage", CA.order(NAME).dnsNames(NAME).forClientsOnly().issue(), byTrust));
    }

    @Test
    void tellsOfAnAuthorityThatOnlyBearsTheNameOfATrustedOne() {
        List<X509Certificate> chain =
                CertificateAuthority.create("Trusted").issue(NAME).chain();
        TlsDemand demand = new TlsDemand(Optional.of(TlsSettings.CERTIFICATE_VALIDATION), Optional.empty(), false);

        List<Step> steps = new CertificateSteps(demand, Set.of(CA.certificate()), now)
                .of(chain, new PeerIdentity.Unverified("no", List.of(NAME)), Optional.of("no"));

        assertThat(steps.get(1).remedy().orElse("")).contains("compare its key");
    }

    @Test
    void countsTheDaysOfTheFirstCertificateThatEnds() {
        Instant end = now.plus(Duration.ofDays(12)).plusSeconds(60);
        List<X509Certificate> chain =
                CA.order(NAME).dnsNames(NAME).notAfter(end).issue().chain();
        TlsDemand demand = new TlsDemand(Optional.empty(), Optional.empty(), false);
        CertificateSteps certificates = new CertificateSteps(demand, Set.of(CA.certificate()), now);
        PeerIdentity identity = new PeerIdentity.Verified(List.of(NAME));

        List<Step> steps = certificates.of(chain, identity, Optional.empty());
        TlsFinding finding = certificates.finding("TLSv1.3", "TLS_AES_128_GCM_SHA256", chain, identity);

        assertThat(finding.daysLeft()).contains(12L);
        assertThat(finding.trusted()).isTrue();
        assertThat(steps.get(2).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(steps.get(2).text()).startsWith("good for 12 more days, until ");
    }
}
