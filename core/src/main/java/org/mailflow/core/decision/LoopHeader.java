package org.mailflow.core.decision;

import com.google.common.base.CharMatcher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;

/**
 * What loop detection reads of the header of a mail, and of no part or attached mail in it: which mail it is, and the marks
 * that it bears.
 *
 * @param identity which mail it is, in any copy: by Message-ID and by every resending (RFC 5322, 3.6.4 and 3.6.6), so that a
 *     mail that somebody sends on to the same recipient is another one; by date, author and subject where it has no
 *     Message-ID
 * @param marks the values of the topmost mark fields, from the top
 * @param byThePeer how many of the marks stand above all Received fields but this server's own: the server that handed the
 *     mail over wrote them, or had them from nobody who says so
 */
public record LoopHeader(String identity, List<String> marks, int byThePeer) {

    /** Of a mail that has no header, and no mark. */
    public static final LoopHeader EMPTY = new LoopHeader("", List.of(), 0);

    private static final String RECEIVED = "received";
    private static final String MARK = LoopMarks.FIELD.toLowerCase(Locale.ROOT);
    private static final String MESSAGE_ID = "message-id";
    private static final Set<String> RESENT = Set.of("resent-message-id", "resent-date");
    private static final Set<String> WITHOUT_MESSAGE_ID = Set.of("date", "from", "subject");
    private static final int OWN_RECEIVED = 1;
    private static final int FIELDS = 50;

    /** Copies the marks. */
    public LoopHeader {
        marks = List.copyOf(marks);
    }

    /**
     * Reads a header.
     *
     * @param fields its fields from the top, names and values, folded or not
     */
    public static LoopHeader of(Iterable<? extends Entry<String, String>> fields) {
        List<String> named = new ArrayList<>();
        List<String> unnamed = new ArrayList<>();
        List<String> resent = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        int received = 0;
        int byThePeer = 0;
        for (Entry<String, String> field : fields) {
            String name = field.getKey().strip().toLowerCase(Locale.ROOT);
            if (name.equals(MARK) && marks.size() < FIELDS) {
                marks.add(field.getValue());
                byThePeer = received <= OWN_RECEIVED ? marks.size() : byThePeer;
            } else if (name.equals(RECEIVED)) {
                received++;
            } else if (name.equals(MESSAGE_ID)) {
                named.add(unfolded(field.getValue()));
            } else if (RESENT.contains(name)) {
                resent.add(name + ":" + unfolded(field.getValue()));
            } else if (WITHOUT_MESSAGE_ID.contains(name)) {
                unnamed.add(name + ":" + unfolded(field.getValue()));
            }
        }
        List<String> which = new ArrayList<>(named.isEmpty() ? unnamed : named);
        which.addAll(resent);
        return new LoopHeader(hash(String.join("\n", which)), marks, byThePeer);
    }

    private static String unfolded(String value) {
        return CharMatcher.whitespace().trimAndCollapseFrom(value, ' ');
    }

    /** A header may be long, and a mark is made of it for every recipient. */
    private static String hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }
}
