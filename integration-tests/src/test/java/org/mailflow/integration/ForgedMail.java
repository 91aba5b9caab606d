package org.mailflow.integration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailflow.testing.python.RawSession;

/**
 * A mail with forged header fields of one shape, and what is said to send it.
 *
 * @param number tells its copies
 */
record ForgedMail(int number, ForgerySource source, ForgedShape shape, List<ForgedField> fields) {

    private static final Pattern NUMBER = Pattern.compile("case-(\\d+)@");
    private static final String BOUNDARY = "boundary-of-the-test";
    private static final String NEXT_PART = "\r\n--" + BOUNDARY + "\r\n";

    ForgedMail {
        fields = List.copyOf(fields);
    }

    /** Whose copy of it stays here, goes to the other premises, and to the internet. */
    List<String> recipients() {
        return List.of(source.mailbox(), Contoso.DAVID, "anyone@outside.contoso.com");
    }

    /** Of which mail something is a copy. */
    static Optional<Integer> numberIn(String text) {
        Matcher found = NUMBER.matcher(text);
        return found.find() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
    }

    private String address() {
        return "case-" + number + "@" + source.domain();
    }

    private String written(String between) {
        return shape.of(fields, between);
    }

    /** Whether nobody believes who sends it. */
    boolean isForged() {
        return source != ForgerySource.CLOUD;
    }

    /** Whether the other premises says in it that it is internal, and is believed. */
    boolean isInternal() {
        return !isForged()
                && fields.stream()
                        .anyMatch(field -> field.isInternal() && here(field).isPresent());
    }

    /** The name that one of its fields has in a mailbox here; empty where it is not there. */
    Optional<String> here(ForgedField field) {
        boolean isDoubted = shape.outcome() == ForgedShape.Outcome.WORD && field.isDoubtedAsWord();
        return isForged() || isDoubted ? Optional.empty() : field.here();
    }

    private boolean isAt(ForgedShape.Place place) {
        return shape.place() == place;
    }

    /** Says it all. */
    void sendIn(RawSession session) {
        if (isAt(ForgedShape.Place.EHLO)) {
            session.say("EHLO " + written("")).say("EHLO client.test");
        }
        session.say("MAIL FROM:<" + (isAt(ForgedShape.Place.MAIL) ? written("") : address()) + ">");
        for (String recipient : recipients()) {
            session.say("RCPT TO:<" + recipient + ">" + (isAt(ForgedShape.Place.RCPT) ? " ORCPT=" + written("") : ""));
        }
        session.data(content()).say("RSET");
    }

    /** How many of the replies from a place on are to this mail. */
    int replies(List<String> all, int from) {
        int data =
                from + (isAt(ForgedShape.Place.EHLO) ? 2 : 0) + 1 + recipients().size();
        return data < all.size() && all.get(data).startsWith("354") ? data - from + 3 : data - from + 2;
    }

    /** Without the line end and the dot at its end. */
    String content() {
        return in(ForgedShape.Place.TOP)
                + "Message-ID: <" + address() + ">\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\nFrom: " + address()
                + "\r\n" + in(ForgedShape.Place.MIDDLE)
                + "To: undisclosed-recipients:;\r\nSubject: test\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=" + BOUNDARY + "\r\n"
                + in(ForgedShape.Place.BOTTOM) + "\r\n" + body();
    }

    private String in(ForgedShape.Place place) {
        return isAt(place) ? written("\r\n") + "\r\n" : "";
    }

    /** What follows the empty line, as sent; the last line end is not in it. */
    String body() {
        return "--" + BOUNDARY + "\r\n" + (isAt(ForgedShape.Place.PART) ? written(NEXT_PART) : "\r\nA mail of a test.")
                + "\r\n--" + BOUNDARY + "--";
    }

    @Override
    public String toString() {
        return source + ", " + shape + ", "
                + fields.stream().map(ForgedField::name).toList();
    }
}
