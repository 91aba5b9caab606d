package org.mailflow.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SevenBitCopyTest {

    private static String converted(String mail) {
        SevenBitCopy.Result result = SevenBitCopy.of(bytes(mail));
        assertThat(result).isInstanceOf(SevenBitCopy.Converted.class);
        return new String(((SevenBitCopy.Converted) result).message(), StandardCharsets.ISO_8859_1);
    }

    /** Lines with a bar between them, octets as ISO-8859-1. */
    private static byte[] bytes(String mail) {
        return mail.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String lines(String mail) {
        return mail.replace("|", "\r\n");
    }

    @Test
    void encodesTextWithoutReadingIt() {
        String mail = "Subject: a|MIME-Version: 1.0|Content-Type: text/plain; charset=utf-8|"
                + "Content-Transfer-Encoding: 8bit||gr\u00c3\u00bc\u00c3\u009fe = \t|blank \t|.dot||";

        assertThat(converted(mail))
                .isEqualTo(lines("Subject: a|MIME-Version: 1.0|Content-Type: text/plain; charset=utf-8|"
                        + "Content-Transfer-Encoding: quoted-printable||gr=C3=BC=C3=9Fe =3D =09|blank =09|.dot||"));
    }

    @Test
    void saysThatNobodyKnowsTheCharactersOfAMailWithoutMime() {
        assertThat(converted("Subject: a||\u00e4|"))
                .isEqualTo(lines("Subject: a|MIME-Version: 1.0|Content-Type: text/plain; charset=unknown-8bit|"
                        + "Content-Transfer-Encoding: quoted-printable||=E4|"));
    }

    @Test
    void encodesOnlyThePartsThatNeedIt() {
        String mail = "Content-Type: multipart/mixed; boundary=b|Content-Transfer-Encoding: 8bit||pre\u00e4mble|"
                + "--b|Content-Type: text/plain|Content-Transfer-Encoding: 8bit|X-Kept:  as  it is||\u00e4|"
                + "--b|Content-Type: text/plain||plain  |"
                + "--b|Content-Type: image/x|Content-Transfer-Encoding: 8bit||\u00ff\u00fe|"
                + "--b||untyped \u00e4|"
                + "--b|Content-Type: message/rfc822|Content-Transfer-Encoding: 8bit||Subject: inner|MIME-Version: 1.0|"
                + "Content-Type: multipart/mixed; boundary=\"c\"||--c||\u00e4|--c--||--b--|epilogue|";

        assertThat(converted(mail))
                .isEqualTo(lines("Content-Type: multipart/mixed; boundary=b|Content-Transfer-Encoding: 7bit||pre?mble|"
                        + "--b|Content-Type: text/plain|X-Kept:  as  it is|Content-Transfer-Encoding: quoted-printable||=E4|"
                        + "--b|Content-Type: text/plain||plain  |"
                        + "--b|Content-Type: image/x|Content-Transfer-Encoding: base64||//4=|"
                        + "--b|Content-Type: text/plain; charset=unknown-8bit|Content-Transfer-Encoding: quoted-printable|"
                        + "|untyped =E4|"
                        + "--b|Content-Type: message/rfc822|Content-Transfer-Encoding: 7bit||Subject: inner|MIME-Version: 1.0|"
                        + "Content-Type: multipart/mixed; boundary=\"c\"||--c|"
                        + "Content-Type: text/plain; charset=unknown-8bit|Content-Transfer-Encoding: quoted-printable|"
                        + "|=E4|--c--||--b--|epilogue|"));
    }

    @Test
    void breaksLongLines() {
        String copy =
                converted("Content-Type: text/plain|Content-Transfer-Encoding: 8bit||" + "\u00e4x".repeat(500) + "|");

        assertThat(copy.lines()).allMatch(line -> line.length() <= 76);
        assertThat(copy.substring(copy.indexOf("\r\n\r\n") + 4).replace("=\r\n", ""))
                .isEqualTo("=E4x".repeat(500) + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DKIM-Signature: v=1|Content-Type: text/plain||\u00e4",
                "dkim-signature : v=1|Content-Type: text/plain||\u00e4",
                "ARC-Seal: i=1||\u00e4",
                "Content-Type: multipart/signed; boundary=b||--b||\u00e4|--b--|",
                "Content-Type: MULTIPART/Signed ; boundary=b||--b||\u00e4|--b--|",
                "Content-Type: multipart/mixed; boundary=a||--a|Content-Type: multipart/signed; boundary=b||--b||\u00e4|--b--|--a--|",
                "Content-Type: message/rfc822||DKIM-Signature: v=1||\u00e4",
                "Content-Type: text/plain||-----BEGIN PGP SIGNED MESSAGE-----|\u00e4"
            })
    void neverConvertsSignedMail(String mail) {
        SevenBitCopy.Result result = SevenBitCopy.of(bytes(mail));

        assertThat(result)
                .isInstanceOfSatisfying(SevenBitCopy.Impossible.class, impossible -> assertThat(impossible.why())
                        .startsWith("is signed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: message/partial||\u00e4",
                "Content-Type: text/plain|Content-Transfer-Encoding: base64||\u00e4",
                "Content-Type: multipart/mixed||--b||\u00e4"
            })
    void leavesWhatItCannotEncode(String mail) {
        assertThat(SevenBitCopy.of(bytes(mail))).isInstanceOf(SevenBitCopy.Impossible.class);
    }

    @Test
    void endsWherePartsAreNestedTooDeeply() {
        String mail = "Content-Type: message/rfc822||".repeat(100_000) + "\u00e4";

        assertThat(SevenBitCopy.of(bytes(mail))).isInstanceOf(SevenBitCopy.Impossible.class);
    }
}
