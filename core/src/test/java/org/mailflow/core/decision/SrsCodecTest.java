package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.SrsCodec.Reading;
import org.mailflow.core.secret.SigningKey;

/** What we write into an address can be read by us alone, for a while. */
class SrsCodecTest {

    private static final String LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+/=?^_`{|}~-.@";
    private static final SigningKey KEY = SigningKey.of("a secret".getBytes(StandardCharsets.US_ASCII));
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final SrsCodec CODEC = new SrsCodec(KEY, NOW);
    private static final EmailAddress CHRIS = EmailAddress.parse("chris@contoso.com");
    private static final EmailAddress PAT = EmailAddress.parse("Pat@fabrikam.com");

    @Test
    void writesTheFormOfExchangeOnline() {
        String written = CODEC.forwarded(CHRIS, PAT).orElseThrow().toString();

        assertThat(written).matches("chris\\+SRS=[A-Z2-7]{8}=[A-Z2-7]{3}=fabrikam\\.com=Pat@contoso\\.com");
        assertThat(CODEC.bounces(CHRIS.domain()).toString())
                .matches("bounces\\+SRS=[A-Z2-7]{8}=[A-Z2-7]{3}@contoso\\.com");
    }

    @Property(tries = 2000)
    void whatFitsIsReadBack(@ForAll("addresses") EmailAddress forwarder, @ForAll("addresses") EmailAddress sender) {
        Optional<EmailAddress> written = CODEC.forwarded(forwarder, sender);

        int octets = forwarder.localPart().length()
                + "+SRS=12345678=123==".length()
                + sender.domain().value().length()
                + sender.localPart().length();
        assertThat(written.isPresent()).isEqualTo(octets <= 64);
        written.ifPresent(address -> {
            assertThat(address.domain()).isEqualTo(forwarder.domain());
            assertThat(CODEC.read(address)).isEqualTo(new Reading.Original(sender));
        });
    }

    @Property(tries = 200)
    void caseIsLostOnTheWay(@ForAll("short") EmailAddress forwarder, @ForAll("short") EmailAddress sender) {
        EmailAddress written = CODEC.forwarded(forwarder, sender).orElseThrow();

        assertThat(CODEC.read(lower(written))).isEqualTo(new Reading.Original(sender));
        assertThat(CODEC.read(upper(written))).isEqualTo(new Reading.Original(sender));
        assertThat(CODEC.read(lower(CODEC.bounces(forwarder.domain())))).isEqualTo(new Reading.Bounces());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chris@contoso.com", "bounces"})
    void everyChangeOfALetterIsRefused(String forwarder) {
        String written = (forwarder.equals("bounces")
                        ? CODEC.bounces(CHRIS.domain())
                        : CODEC.forwarded(CHRIS, PAT).orElseThrow())
                .toString();

        for (int i = 0; i < written.length(); i++) {
            for (int j = 0; j < LETTERS.length(); j++) {
                char letter = LETTERS.charAt(j);
                if (Character.toLowerCase(letter) != Character.toLowerCase(written.charAt(i))) {
                    isRefused(written.substring(0, i) + letter + written.substring(i + 1));
                }
            }
            isRefused(written.substring(0, i) + written.substring(i + 1));
        }
    }

    private static void isRefused(String text) {
        EmailAddress changed;
        try {
            changed = EmailAddress.parse(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(CODEC.read(changed)).as(text).isInstanceOfAny(Reading.Foreign.class, Reading.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        // days later, good
        "-2, false",
        "-1, true",
        "0, true",
        "1, true",
        "21, true",
        "22, false",
        "32, false",
        "1024, false",
        "30000, false"
    })
    void isGoodForThreeWeeks(int days, boolean good) {
        SrsCodec later = new SrsCodec(KEY, NOW.plus(Duration.ofDays(days)));

        assertThat(later.read(CODEC.forwarded(CHRIS, PAT).orElseThrow()) instanceof Reading.Original)
                .isEqualTo(good);
        assertThat(later.read(CODEC.bounces(CHRIS.domain())) instanceof Reading.Bounces)
                .isEqualTo(good);
    }

    @Test
    void anotherKeyReadsNothing() {
        SrsCodec other = new SrsCodec(SigningKey.of("another".getBytes(StandardCharsets.US_ASCII)), NOW);

        assertThat(other.read(CODEC.forwarded(CHRIS, PAT).orElseThrow())).isInstanceOf(Reading.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "chris@contoso.com, 'Pat@a-very-long-name-of-a-domain-with-parts.fabrikam.com'",
        "'\"chris smith\"@contoso.com', Pat@fabrikam.com",
        "chris@contoso.com, '\"pat smith\"@fabrikam.com'",
        // Written into an address of ours, this one would move the mark, and with it what is signed.
        "chris+srs=ABC=x.com=y@contoso.com, Pat@fabrikam.com"
    })
    void whatCannotStandInAnAddressIsLeftOut(String forwarder, String sender) {
        assertThat(CODEC.forwarded(EmailAddress.parse(forwarder), EmailAddress.parse(sender)))
                .isEmpty();
    }

    /** A sender may write a mark of its own: what is signed for it says nothing for another place of the mark. */
    @Test
    void aSignatureHoldsForItsPlaceAlone() {
        EmailAddress own = EmailAddress.parse("p+srs=" + day() + "=v.com=u@f.com");
        EmailAddress written = CODEC.forwarded(CHRIS, own).orElseThrow();
        String hash = written.localPart().substring("chris+SRS=".length(), "chris+SRS=12345678".length());

        EmailAddress moved = EmailAddress.parse(
                "chris+srs=" + day() + "=f.com=p+SRS=" + hash + "=" + day() + "=v.com=u@contoso.com");

        assertThat(CODEC.read(written)).isEqualTo(new Reading.Original(own));
        assertThat(CODEC.read(moved)).isNotInstanceOf(Reading.Original.class);
    }

    private static String day() {
        return CODEC.bounces(CHRIS.domain()).localPart().substring("bounces+SRS=12345678=".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chris@contoso.com",
                "chris+news@contoso.com",
                "SRS0=HHHH=TT=fabrikam.com=pat@contoso.com",
                "chris+SRS=Abc/1=XY=fabrikam.com=pat@contoso.com"
            })
    void otherAddressesAreNoneOfOurs(String address) {
        assertThat(CODEC.read(EmailAddress.parse(address))).isInstanceOf(Reading.Foreign.class);
    }

    private static EmailAddress lower(EmailAddress address) {
        return new EmailAddress(address.localPart().toLowerCase(Locale.ROOT), address.domain());
    }

    private static EmailAddress upper(EmailAddress address) {
        return new EmailAddress(address.localPart().toUpperCase(Locale.ROOT), address.domain());
    }

    @Provide
    static Arbitrary<EmailAddress> addresses() {
        return addresses(30);
    }

    @Provide("short")
    static Arbitrary<EmailAddress> shortAddresses() {
        return addresses(6);
    }

    private static Arbitrary<EmailAddress> addresses(int length) {
        Arbitrary<String> atoms = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars("!#$%&'*+/=?^_`{|}~-")
                .ofMinLength(1)
                .ofMaxLength(length);
        Arbitrary<String> labels = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(length);
        return Combinators.combine(atoms, labels).as((user, label) -> EmailAddress.parse(user + "@" + label + ".com"));
    }
}
