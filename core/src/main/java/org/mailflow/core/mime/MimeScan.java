package org.mailflow.core.mime;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.model.MimeLimits;

/**
 * Measures how a mail is built (RFC 2046) while it comes in, before anything takes it apart: no recursion, one pass, and
 * memory for the delimiters of the open parts only.
 *
 * <p>Programs differ in what they take for a part. So whatever any of them may take for one counts as one, and a part counts
 * as closed only where all of them see it closed: a mail is never deeper for anybody than it is here.
 */
public final class MimeScan {

    /** What of a line is looked at: no mail program writes a longer delimiter, nor a longer line of a Content-Type. */
    private static final int LINE = 4_096;

    private final MimeLimits limits;
    private final OpenParts open = new OpenParts();
    private final HeaderFields header = new HeaderFields();
    private final byte[] line = new byte[LINE];
    private int length;
    private boolean afterCr;
    private boolean inHeader = true;
    private int parts = 1;
    private int depth;
    private Optional<Reply> refusal = Optional.empty();

    /** Measures against these limits. */
    public MimeScan(MimeLimits limits) {
        this.limits = limits;
    }

    /** Looks at the next bytes of the mail. CR, LF and both together end a line, as they do for some programs. */
    public void next(byte[] bytes) {
        for (int i = 0; i < bytes.length && refusal.isEmpty(); i++) {
            byte octet = bytes[i];
            if (octet == '\r' || (octet == '\n' && !afterCr)) {
                endLine();
            } else if (octet != '\n' && length++ < LINE) {
                line[length - 1] = octet;
            }
            afterCr = octet == '\r';
        }
    }

    /** Says that the mail is over: a header that it ends in counts as a whole one. */
    public void end() {
        if (length > 0) {
            endLine();
        }
        if (inHeader && refusal.isEmpty()) {
            header.end().ifPresent(this::begin);
        }
    }

    /** Why the mail is to be refused; empty as long as it keeps to the limits. */
    public Optional<Reply> refusal() {
        return refusal;
    }

    /** How deep parts were nested so far: 0 for a mail without parts in it. */
    public int depth() {
        return depth;
    }

    /** How many parts there are so far, the mail itself included. */
    public int parts() {
        return parts;
    }

    private void endLine() {
        String text = new String(line, 0, Math.min(length, LINE), StandardCharsets.ISO_8859_1);
        boolean cut = length > LINE;
        length = 0;
        if (text.startsWith("--") && open.mayDelimit(text)) {
            delimiter(text);
        } else if (inHeader && text.isEmpty()) {
            endHeader();
        } else if (inHeader) {
            header.line(text, cut).ifPresent(this::begin);
        }
    }

    /** In a header, a delimiter closes nothing: some programs take it for a line of the header. */
    private void delimiter(String text) {
        if (inHeader) {
            header.end().ifPresent(this::begin);
        } else {
            inHeader = !open.closeAt(text);
        }
        if (inHeader) {
            header.begin();
            count();
        }
    }

    private void endHeader() {
        header.end().ifPresent(this::begin);
        if (header.isUntyped() && open.innerIsDigest()) {
            begin(ContentType.MESSAGE);
        }
        inHeader = open.enterMessage();
        header.begin();
    }

    private void begin(ContentType type) {
        if (type.isComposite()) {
            open.push(type);
            depth = Math.max(depth, open.depth());
            if (depth > limits.maxDepth()) {
                refusal = Optional.of(Reply.MIME_TOO_DEEP);
            } else if (type.boundaryLength() > limits.maxBoundaryLength()) {
                refusal = Optional.of(Reply.BOUNDARY_TOO_LONG);
            }
        }
        if (type.message()) {
            count();
        }
    }

    private void count() {
        parts++;
        if (parts > limits.maxParts() && refusal.isEmpty()) {
            refusal = Optional.of(Reply.MIME_TOO_MANY_PARTS);
        }
    }
}
