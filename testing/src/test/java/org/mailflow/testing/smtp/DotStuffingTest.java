package org.mailflow.testing.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotStuffingTest {
    @Property(tries = 5_000)
    void unstuffingUndoesStuffing(@ForAll("treacherousText") String text) throws IOException {
        byte[] mail = (text + "\r\n").getBytes(ISO_8859_1);

        ByteArrayInputStream wire = new ByteArrayInputStream(DotStuffing.stuff(mail));

        assertThat(DotStuffing.unstuff(wire)).isEqualTo(mail);
        assertThat(wire.available()).isZero();
    }

    @Provide
    Arbitrary<String> treacherousText() {
        return Arbitraries.of(List.of("\r", "\n", ".", "\r\n", "a", "\0"))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\r\n\0.\r\n", "\r\r\n.\r\r\n"})
    void onlyTheLetterOfTheLawEndsAMail(String smuggled) throws IOException {
        byte[] wire = ("body" + smuggled + "MAIL FROM:<x@evil.test>\r\n.\r\n").getBytes(ISO_8859_1);

        byte[] mail = DotStuffing.unstuff(new ByteArrayInputStream(wire));

        assertThat(new String(mail, ISO_8859_1)).startsWith("body").endsWith("MAIL FROM:<x@evil.test>\r\n");
    }

    @Test
    void refusesAMailThatIsCutOff() {
        assertThatThrownBy(() -> DotStuffing.unstuff(new ByteArrayInputStream("body\r\n.\r".getBytes(ISO_8859_1))))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void stuffsAnEmptyMail() {
        assertThat(new String(DotStuffing.stuff(new byte[0]), ISO_8859_1)).isEqualTo(".\r\n");
        assertThat(new String(DotStuffing.stuff("..a".getBytes(ISO_8859_1)), ISO_8859_1))
                .isEqualTo("...a\r\n.\r\n");
    }
}
