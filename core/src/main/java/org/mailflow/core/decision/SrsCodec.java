package org.mailflow.core.decision;

import com.google.common.base.Ascii;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.secret.SigningKey;

/**
 * Writes a stranger's address into one of ours, and reads it back: {@code chris+SRS=<hash>=<day>=fabrikam.com=pat@contoso.com}
 * for pat@fabrikam.com, the Sender Rewriting Scheme in the form of Exchange Online. The hash is over everything else, in lower
 * case, since addresses are written in lower case by many on the way.
 *
 * @param key the organization's, for this use
 * @param now when it is written, or read
 */
record SrsCodec(SigningKey key, Instant now) {

    /** For so long an address can be answered: longer than anybody tries to deliver a mail. */
    static final int VALID_DAYS = 21;

    /** Whose mail nobody here forwarded. */
    static final String BOUNCES = "bounces";

    private static final String MARK = "+SRS=";
    private static final int MAX_LOCAL_PART = 64;
    /** 40 bits: eight letters of base32, and no bit of them unused. */
    private static final int HASH_OCTETS = 5;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int DAY_LETTERS = 3;
    /** 89 years: no address becomes valid a second time. */
    private static final int DAYS = 1 << (BITS * DAY_LETTERS);

    /** What stands behind the mark. */
    private static final Pattern SIGNED = Pattern.compile(
            "(?<hash>[A-Z2-7]{8})=(?<day>[A-Z2-7]{3})(?:=(?<domain>[^=@]+)=(?<user>.+))?", Pattern.CASE_INSENSITIVE);

    /** What an address says. */
    sealed interface Reading {
        /** It is not of this form. */
        record Foreign() implements Reading {}

        /**
         * It is of this form and not of ours, or too old.
         *
         * @param why for the administrator
         */
        record Refused(String why) implements Reading {}

        /**
         * We gave it to mail of this sender.
         *
         * @param sender the first one
         */
        record Original(EmailAddress sender) implements Reading {}

        /** We gave it to mail whose sender is not in it. */
        record Bounces() implements Reading {}
    }

    /**
     * The sender for a mail that an address of ours forwards.
     *
     * @return empty where it does not fit into an address, or cannot stand in one: then {@link #bounces} must do
     */
    Optional<EmailAddress> forwarded(EmailAddress forwarder, EmailAddress sender) {
        String user = forwarder.localPart();
        boolean plain = !user.startsWith("\"") && !sender.localPart().startsWith("\"");
        // Only the first mark in an address counts, and so the forwarder's own part must have none.
        if (!plain || markIn(user) >= 0) {
            return Optional.empty();
        }
        String rest = day() + "=" + sender.domain().value() + "=" + sender.localPart();
        String localPart = signed(user, rest, forwarder.domain());
        return localPart.length() > MAX_LOCAL_PART
                ? Optional.empty()
                : Optional.of(new EmailAddress(localPart, forwarder.domain()));
    }

    /** The sender that tells nothing of the first one. */
    EmailAddress bounces(DomainName domain) {
        return new EmailAddress(signed(BOUNCES, day(), domain), domain);
    }

    /** Reads an address. */
    Reading read(EmailAddress address) {
        String localPart = address.localPart();
        int mark = markIn(localPart);
        if (mark < 0) {
            return new Reading.Foreign();
        }
        Matcher matcher = SIGNED.matcher(localPart.substring(mark + MARK.length()));
        if (!matcher.matches()) {
            return new Reading.Foreign();
        }
        String user = localPart.substring(0, mark);
        String rest = matcher.group().substring(matcher.end("hash") + 1);
        if (!isEqual(matcher.group("hash"), hash(user, rest, address.domain()))) {
            return new Reading.Refused("its signature is not ours");
        }
        int age = Math.floorMod(today() - number(matcher.group("day")), DAYS);
        // Another node's clock may be a little ahead.
        if (age > VALID_DAYS && age != DAYS - 1) {
            return new Reading.Refused("it was given " + age + " days ago, and is good for " + VALID_DAYS);
        }
        return matcher.group("user") == null
                ? new Reading.Bounces()
                : new Reading.Original(
                        new EmailAddress(matcher.group("user"), DomainName.parse(matcher.group("domain"))));
    }

    private static int markIn(String localPart) {
        return Ascii.toLowerCase(localPart).indexOf(Ascii.toLowerCase(MARK));
    }

    private String signed(String user, String rest, DomainName domain) {
        return user + MARK + hash(user, rest, domain) + "=" + rest;
    }

    private String hash(String user, String rest, DomainName domain) {
        String text = Ascii.toLowerCase(user + MARK + rest + "@" + domain.value());
        return BaseEncoding.base32().encode(key.signature(text, HASH_OCTETS));
    }

    /** In a time that does not depend on how much of it was guessed. */
    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(octets(one), octets(other));
    }

    private static byte[] octets(String hash) {
        return Ascii.toUpperCase(hash).getBytes(StandardCharsets.US_ASCII);
    }

    private int today() {
        return (int) (Duration.between(Instant.EPOCH, now).toDays() % DAYS);
    }

    private String day() {
        int today = today();
        StringBuilder letters = new StringBuilder();
        for (int shift = BITS * (DAY_LETTERS - 1); shift >= 0; shift -= BITS) {
            letters.append(BASE32.charAt((today >> shift) % BASE32.length()));
        }
        return letters.toString();
    }

    private static int number(String letters) {
        return Ascii.toUpperCase(letters)
                .chars()
                .map(BASE32::indexOf)
                .reduce(0, (number, digit) -> (number << BITS) + digit);
    }
}
