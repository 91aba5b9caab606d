package org.mailflow.core.decision;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.secret.SigningKey;

/**
 * The marks on a mail by which this server knows what it did with it before:
 *
 * <pre>
 * X-Mailflow-Loop: contoso; 3q2-7wEjRWeJ q83vEjRWeJAB;
 *         kept 7wEjRWeJq83v
 * </pre>
 *
 * Each word is a digest, signed with the organization's key, of one fact about this mail: "a copy for this delivery address
 * left by this way", "the mail was handed on to everybody behind this group or forwarding address", or "this copy was made for
 * somebody behind it". It says nothing to
 * others, and what others write says nothing to this server: a mark that is forged, foreign or of another mail is none. How many
 * digests there are does not tell how many recipients.
 *
 * <p>What is behind {@code kept} is meant for the other premises, and signed by nobody: this recipient's copy exists because
 * somebody forwards his mail, who, or others, received it as well. It is believed of a proven server of the other premises alone.
 */
public final class LoopMarks {

    /** The header field. */
    public static final String FIELD = "X-Mailflow-Loop";

    private static final String USE = "loop";
    private static final int OCTETS = 9;
    private static final String KEPT = "kept";
    private static final int MOST_READ = 5_000;
    private static final int MOST_WRITTEN = 1_000;
    private static final int LEAST_WRITTEN = 4;
    private static final int ON_A_LINE = 5;
    private static final Splitter PARTS = Splitter.on(';').trimResults();
    private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

    private record Signed(SigningKey key, Set<String> digests) {}

    private final Mailflow mailflow;
    private final String identity;
    private final List<Signed> signed;
    private final Set<String> kept;

    private LoopMarks(Mailflow mailflow, String identity, List<Signed> signed, Set<String> kept) {
        this.mailflow = mailflow;
        this.identity = identity;
        this.signed = signed;
        this.kept = kept;
    }

    /** Of a mail that was never here. */
    public static LoopMarks none(Mailflow mailflow, LoopHeader header) {
        return new LoopMarks(mailflow, header.identity(), List.of(), Set.of());
    }

    /**
     * Reads the marks of a mail.
     *
     * @param stamp who handed the mail over; empty for mail that this server made
     */
    public static LoopMarks of(Mailflow mailflow, LoopHeader header, Optional<Stamp> stamp) {
        if (header.marks().isEmpty()) {
            return none(mailflow, header);
        }
        Map<String, Set<String>> digests = new HashMap<>();
        Set<String> kept = new HashSet<>();
        boolean believed = stamp.filter(Stamp::crossPremises).isPresent();
        int room = MOST_READ;
        for (int i = 0; i < header.marks().size() && room > 0; i++) {
            List<String> parts = PARTS.limit(3).splitToList(header.marks().get(i));
            if (parts.size() > 2 && believed && i < header.byThePeer()) {
                words(parts.get(2), room).filter(word -> !word.equals(KEPT)).forEach(kept::add);
            }
            Optional<Organization> organization = named(mailflow, parts.get(0));
            if (organization.isPresent() && parts.size() > 1) {
                // Half of a mark would say that a copy was made, and not for whom: it is read whole, or not at all.
                List<String> words = words(parts.get(1), room + 1).toList();
                room -= words.size();
                if (room < 0) {
                    break;
                }
                digests.computeIfAbsent(organization.get().name(), key -> new HashSet<>())
                        .addAll(words);
            }
        }
        List<Signed> signed = new ArrayList<>();
        digests.forEach((name, all) -> mailflow.organization(name)
                .ifPresent(organization -> signed.add(new Signed(key(mailflow, organization), all))));
        return new LoopMarks(mailflow, header.identity(), signed, kept);
    }

    private static Stream<String> words(String part, int most) {
        return WORDS.splitToStream(part).limit(most);
    }

    /** Whether the mail was here before. */
    boolean isEmpty() {
        return signed.isEmpty();
    }

    /** Writes an organization's marks of a copy of this mail. */
    Writer writer(Organization organization) {
        return new Writer(organization);
    }

    /** Whether a copy for a delivery address left this server by this way. */
    boolean left(EmailAddress address, Route route) {
        return bears(wayOf(address, route));
    }

    /** Whether the mail was handed on to everybody behind a group or forwarding address. */
    boolean expanded(EmailAddress group) {
        return bears(expansionOf(group));
    }

    /** Whether this very copy was made for somebody behind a group or forwarding address. */
    boolean through(EmailAddress group) {
        return bears(passageOf(group));
    }

    /** Whether the other premises say that somebody received the mail of which the copy for this recipient was made. */
    boolean receivedByOthers(EmailAddress recipient) {
        return !kept.isEmpty() && kept.contains(keptOf(recipient));
    }

    private boolean bears(String fact) {
        return signed.stream()
                .anyMatch(marks -> marks.digests().contains(marks.key().sign(fact, OCTETS)));
    }

    private String wayOf(EmailAddress address, Route route) {
        return fact("left", address.key(), route.word());
    }

    private String expansionOf(EmailAddress group) {
        return fact("expanded", group.key());
    }

    private String passageOf(EmailAddress group) {
        return fact("through", group.key());
    }

    /** Every part with its length, so that no two facts are one text. */
    private String fact(String... parts) {
        StringBuilder fact = new StringBuilder(identity);
        Arrays.stream(parts)
                .forEach(part ->
                        fact.append('/').append(part.length()).append(':').append(part));
        return fact.toString();
    }

    private String keptOf(EmailAddress recipient) {
        byte[] hash = Hashing.sha256()
                .hashString(fact(KEPT, recipient.key()), StandardCharsets.UTF_8)
                .asBytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, OCTETS));
    }

    /** Not that of the other premises, which may have the same secret: what left there has not been here. */
    private static SigningKey key(Mailflow mailflow, Organization organization) {
        return mailflow.signingKey(
                organization, USE + "/" + organization.premises().word());
    }

    /** The organization's name as a header bears it: names may have any character. */
    private static String name(Organization organization) {
        return URLEncoder.encode(organization.name(), StandardCharsets.UTF_8);
    }

    private static Optional<Organization> named(Mailflow mailflow, String name) {
        try {
            return mailflow.organization(URLDecoder.decode(name, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A field for the copy that some recipients share. */
    final class Writer {
        private final Organization organization;
        private final SigningKey key;
        private final Set<String> digests = new TreeSet<>();
        private final Set<String> keptBy = new TreeSet<>();

        Writer(Organization organization) {
            this.organization = organization;
            this.key = key(mailflow, organization);
        }

        void left(EmailAddress address, Route route, Collection<EmailAddress> through) {
            sign(wayOf(address, route));
            through.forEach(group -> sign(expansionOf(group)));
        }

        void receivedByOthers(EmailAddress recipient) {
            if (keptBy.size() < MOST_WRITTEN) {
                keptBy.add(keptOf(recipient));
            }
        }

        private void sign(String fact) {
            if (digests.size() < MOST_WRITTEN) {
                digests.add(key.sign(fact, OCTETS));
            }
        }

        /**
         * The field's lines, without line ends.
         *
         * @param through the groups and forwarding addresses that this copy's recipients are behind
         */
        List<String> lines(Collection<EmailAddress> through) {
            Set<String> padded = new TreeSet<>(digests);
            through.forEach(group -> padded.add(key.sign(passageOf(group), OCTETS)));
            int most = atLeast(padded.size());
            for (int i = 0; padded.size() < most; i++) {
                padded.add(key.sign(fact("padding", Integer.toString(i)), OCTETS));
            }
            List<String> lines = new ArrayList<>();
            lines.add(FIELD + ": " + name(organization) + ";");
            fold(padded, lines);
            if (!keptBy.isEmpty()) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + ";");
                lines.add("\t" + KEPT);
                fold(keptBy, lines);
            }
            return lines;
        }

        /** Recipients who are not named to each other are not counted to each other either. */
        private static int atLeast(int digests) {
            int most = LEAST_WRITTEN;
            while (most < digests) {
                most *= 2;
            }
            return most;
        }

        private static void fold(Collection<String> words, List<String> lines) {
            List<String> all = List.copyOf(words);
            for (int i = 0; i < all.size(); i += ON_A_LINE) {
                lines.add("\t" + String.join(" ", all.subList(i, Math.min(i + ON_A_LINE, all.size()))));
            }
        }
    }
}
