package org.mailflow.core.decision;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a next hop is told of a mail. */
class OutgoingHeaderTest {

    private static final String OURS = String.join(
            "\r\n",
            "X-MS-Exchange-Organization-AuthAs: Internal",
            "X-MS-Exchange-Organization-Long: a",
            "\tb",
            "X-Forefront-Antispam-Report: CIP:192.0.2.1;",
            "");
    private static final String OTHERS = "Subject: \u00fc\r\n folded \r\nX-MS-Exchange-CrossTenant-Id: theirs\r\n";

    private static String rewritten(boolean toOtherPremises, boolean madeHere, String header) {
        OutgoingHeader rules =
                new OutgoingHeader("mail.contoso.com", toOtherPremises, Optional.of("contoso.com"), madeHere);
        return new String(rules.rewrite(header.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    @Test
    void anybodyIsToldNothing() {
        assertThat(rewritten(false, false, OURS + OTHERS)).isEqualTo(OTHERS);
    }

    @Test
    void whatCameAcrossThePremisesDoesNotGoOnAndThatIsTold() {
        assertThat(rewritten(false, false, OTHERS + "X-MS-Exchange-CrossPremises-AuthAs: Internal\r\n"))
                .isEqualTo("X-CrossPremisesHeadersFilteredBySendConnector: mail.contoso.com\r\n" + OTHERS);
    }

    @Test
    void theOtherPremisesIsToldAllOfIt() {
        assertThat(rewritten(
                        true,
                        false,
                        OURS + "X-MS-Exchange-Forest-X: f\r\nX-OriginatorOrg: a.example\r\n"
                                + "X-MS-Exchange-CrossPremises-Stale: s\r\n" + OTHERS))
                .isEqualTo("X-OrganizationHeadersPreserved: mail.contoso.com\r\n"
                        + "X-OriginatorOrg: contoso.com\r\n"
                        + "X-MS-Exchange-CrossPremises-AuthAs: Internal\r\n"
                        + "X-MS-Exchange-CrossPremises-Long: a\r\n\tb\r\n"
                        + "X-Forefront-Antispam-Report: CIP:192.0.2.1;\r\n" + OTHERS);
    }

    @Test
    void mailOfThisServerItselfIsInternal() {
        assertThat(rewritten(true, true, "X-MS-Exchange-Organization-AuthAs: Anonymous\r\n" + OTHERS))
                .isEqualTo("X-OrganizationHeadersPreserved: mail.contoso.com\r\n"
                        + "X-MS-Exchange-CrossPremises-AuthAs: Internal\r\n"
                        + "X-MS-Exchange-CrossPremises-AuthSource: mail.contoso.com\r\n"
                        + "X-OriginatorOrg: contoso.com\r\n" + OTHERS);
    }

    @Test
    void whatWouldStillTellDoesNotLeave() {
        String hidden = "Subject: a\rX-MS-Exchange-Organization-AuthAs: Internal\r\n";

        assertThatThrownBy(() -> rewritten(false, false, hidden)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rewritten(true, false, hidden)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHeaderOfNothingIsNothing() {
        assertThat(rewritten(false, false, "")).isEmpty();
    }
}
