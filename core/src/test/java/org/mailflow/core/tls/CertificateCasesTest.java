package org.mailflow.core.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailflow.testing.tls.CertificateCase;
import org.mailflow.testing.tls.CertificateCases;

/** What certificates prove: to everybody, and to one connector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateCasesTest {

    private final CertificateCases certificates = CertificateCases.create();

    List<CertificateCase> cases() {
        return certificates.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void provesWhatItIsAndNoMore(CertificateCase one) {
        PeerIdentity identity = judge(one);

        assertThat(identity.toString()).contains(one.judgement());
        assertThat(demand(one).provenBy(identity).isPresent()).isEqualTo(one.isProven());
    }

    @Test
    void areAsManyAsPromised() {
        assertThat(cases()).hasSizeGreaterThan(80);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aPinOfOneConnectorProvesNothingToAnother(CertificateCase one) {
        PeerIdentity identity = judge(one);
        CertificateDemand another = CertificateDemand.named(CertificateName.parse("mail.p.example"));

        assertThat(another.provenBy(identity).isPresent() && !(identity instanceof PeerIdentity.Verified))
                .isFalse();
    }

    /** Where I is the capital of a letter without a dot. */
    @Test
    void areJudgedAlikeInTurkish() {
        Locale usual = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            for (CertificateCase one : cases()) {
                assertThat(demand(one).provenBy(judge(one)).isPresent())
                        .as(one.title())
                        .isEqualTo(one.isProven());
            }
            assertThat(CertificateName.parse("MAIL.CONTOSO.COM").isSatisfiedBy("mail.contoso.com"))
                    .isTrue();
            assertThat(CertificateName.parse("mail.contoso.com").isSatisfiedBy("ma\u0131l.contoso.com"))
                    .isFalse();
            assertThat(CertificateName.parse("mail.kontoso.com").isSatisfiedBy("mail.\u212Aontoso.com"))
                    .isFalse();
        } finally {
            Locale.setDefault(usual);
        }
    }

    private PeerIdentity judge(CertificateCase one) {
        return new PeerJudge(certificates.trusted(), PeerJudge.Role.CLIENT)
                .judge(one.presented().chain(), Instant.now());
    }

    private static CertificateDemand demand(CertificateCase one) {
        return new CertificateDemand(
                one.name().map(CertificateName::parse),
                one.pins().stream().map(CertificatePin::parse).toList(),
                one.allowCommonName());
    }
}
