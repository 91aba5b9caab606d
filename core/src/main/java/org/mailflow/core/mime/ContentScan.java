package org.mailflow.core.mime;

import java.util.Arrays;
import java.util.Optional;
import org.mailflow.core.decision.Reason;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.model.MimeLimits;

/**
 * Reads a mail's content while it is sent (RFC 5321, 4.1.1.4), says where it ends, and whether it is to be refused: because of
 * octets that servers read in different ways, so that one of them may take for two mails what is one for another, or because it
 * is larger, or built otherwise, than is allowed. The first thing that is found counts.
 *
 * <p>The content ends with a dot alone on its line, CR LF before and behind it, and with nothing else, whatever was found
 * before. It may come in pieces of any size. A line takes no memory.
 */
public final class ContentScan {

    /**
     * Content that is not taken.
     *
     * @param reply the answer at the end of the content
     * @param reason what was found
     */
    public record Refusal(Reply reply, Reason reason) {}

    private final MimeLimits limits;
    private final MimeScan parts;
    /** Octets of the line so far, without the dot that may begin it: that is added by SMTP, or ends the content. */
    private long length;

    private boolean lineBegins = true;
    private boolean lineIsBehindCrLf = true;
    private boolean lineHasDot;
    private boolean lineIsFolded;
    private boolean afterCr;

    private long size;
    private boolean inHeader = true;
    private int fields;
    private boolean over;
    private Optional<Refusal> refusal = Optional.empty();

    /** Reads content from its first octet on, behind the 354 that DATA was answered with. */
    public ContentScan(MimeLimits limits) {
        this.limits = limits;
        this.parts = new MimeScan(limits);
    }

    /** Reads the next octets; what is behind the end of the content is not looked at. */
    public void next(byte[] octets) {
        int taken = 0;
        for (int i = 0; i < octets.length && !over; i++) {
            boolean dotOfSmtp = lineBegins && octets[i] == '.';
            take(octets[i]);
            if (dotOfSmtp) {
                measureParts(Arrays.copyOfRange(octets, taken, i));
                taken = i + 1;
            }
        }
        measureParts(taken == 0 ? octets : Arrays.copyOfRange(octets, taken, octets.length));
        if (refusal.isEmpty()) {
            if (over) {
                parts.end();
            }
            parts.refusal().ifPresent(reply -> refuse(reply, build()));
        }
    }

    /**
     * The next octets as James is to have them: without the dot that SMTP puts before a line (RFC 5321, 4.5.2), whether another
     * dot follows it or not. James takes off the first of two, knows the end by its dot, and would leave any other. Asked before
     * {@link #next}.
     *
     * @param octets of one line
     */
    public byte[] unstuffed(byte[] octets) {
        boolean isLeftToJames =
                !lineBegins || octets.length < 2 || octets[0] != '.' || octets[1] == '.' || octets[1] == '\r';
        return isLeftToJames ? octets : Arrays.copyOfRange(octets, 1, octets.length);
    }

    private void measureParts(byte[] octets) {
        if (refusal.isEmpty() && octets.length > 0) {
            parts.next(octets);
        }
    }

    /**
     * Says that a line came that was too long to be kept.
     *
     * @param endsInCrLf whether CR LF ended it, and not LF alone
     */
    public void skipLine(boolean endsInCrLf) {
        refuseLine();
        beginLine(endsInCrLf);
    }

    /** Whether this is the end of the content. */
    public boolean isOver() {
        return over;
    }

    /** Why the mail is to be refused; empty as long as nothing was found. */
    public Optional<Refusal> refusal() {
        return refusal;
    }

    private void take(byte octet) {
        if (octet == '\n') {
            endLine();
            return;
        }
        if (lineBegins) {
            lineBegins = false;
            lineHasDot = octet == '.';
            lineIsFolded = octet == ' ' || octet == '\t';
            length = lineHasDot ? 0 : 1;
        } else {
            length++;
        }
        if (refusal.isEmpty()) {
            judge(octet);
        }
        afterCr = octet == '\r';
    }

    private void judge(byte octet) {
        if (afterCr) {
            refuse(Reply.BARE_CARRIAGE_RETURN, "a CR without LF" + place());
        } else if (octet == 0) {
            refuse(Reply.NUL_CHARACTER, "a NUL" + place());
        } else if (length > limits.maxLineLength() && (octet != '\r' || length > limits.maxLineLength() + 1L)) {
            refuseLine();
        }
    }

    private void endLine() {
        if (!afterCr) {
            refuse(Reply.BARE_LINE_FEED, "an LF without CR" + place());
        }
        over = afterCr && lineIsBehindCrLf && lineHasDot && length == 1;
        if (!over) {
            size += length + 1;
            if (inHeader) {
                endHeaderLine();
            }
            if (size > limits.maxMessageSize()) {
                refuse(Reply.MESSAGE_TOO_LARGE, "more octets than the " + limits.maxMessageSize() + " of a mail");
            }
        }
        beginLine(afterCr);
    }

    private void endHeaderLine() {
        if (length == 1 && !lineHasDot) {
            inHeader = false;
            return;
        }
        fields += lineIsFolded ? 0 : 1;
        if (size > limits.maxHeaderSize()) {
            refuse(Reply.HEADER_TOO_LARGE, "a header of more octets than maxHeaderSize " + limits.maxHeaderSize());
        } else if (fields > limits.maxHeaderFields()) {
            refuse(
                    Reply.TOO_MANY_HEADER_FIELDS,
                    "a header of more fields than maxHeaderFields " + limits.maxHeaderFields());
        }
    }

    private void beginLine(boolean behindCrLf) {
        lineBegins = true;
        lineIsBehindCrLf = behindCrLf;
        lineHasDot = false;
        lineIsFolded = false;
        length = 0;
        afterCr = false;
    }

    private String place() {
        return " at octet " + (size + length + 1);
    }

    private void refuseLine() {
        refuse(Reply.LINE_TOO_LONG, "a line of more octets than maxLineLength " + limits.maxLineLength());
    }

    private String build() {
        return "parts nested " + parts.depth() + " deep or deeper, of maxMimeDepth " + limits.maxDepth() + ", "
                + parts.parts() + " parts or more, of maxMimeParts " + limits.maxParts()
                + ", and boundaries, of maxBoundaryLength " + limits.maxBoundaryLength();
    }

    private void refuse(Reply reply, String found) {
        if (refusal.isEmpty()) {
            refusal = Optional.of(new Refusal(reply, Reason.of("the content has " + found)));
        }
    }
}
