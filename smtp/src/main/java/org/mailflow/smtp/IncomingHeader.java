package org.mailflow.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailflow.core.decision.AntispamReport;
import org.mailflow.core.decision.OwnHeaders;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.mime.HeaderIntake;

/**
 * The header of a mail while it comes in. Our own fields stand before it; where they depend on it, it waits for them, up to a
 * limit: the Received headers that count are the topmost.
 */
final class IncomingHeader {

    /** How much of a header waits, in bytes. */
    private static final int WAITING = 65_536;

    private final Transaction transaction;
    private final HeaderIntake intake = new HeaderIntake(OwnHeaders::contain);
    private final boolean waits;
    private final List<byte[]> waiting = new ArrayList<>();
    private int size;
    private boolean written;

    IncomingHeader(Transaction transaction) {
        this.transaction = transaction;
        this.waits = transaction.isSourceInHeader();
    }

    /** What to hand on for a line as it came. */
    List<byte[]> take(byte[] line) {
        boolean end = isEnd(line);
        List<byte[]> lines = end ? List.of(line) : intake.take(line);
        if (written) {
            return lines;
        }
        waiting.addAll(lines);
        size += line.length;
        if (waits && !end && !intake.isOver() && size < WAITING) {
            return List.of();
        }
        written = true;
        List<byte[]> all = own();
        all.addAll(waiting);
        waiting.clear();
        return all;
    }

    private List<byte[]> own() {
        if (waits) {
            transaction.readSource(intake.received());
        }
        List<byte[]> lines = new ArrayList<>();
        AntispamReport report = AntispamReport.of(transaction.stamp(Instant.now()), transaction.recipients());
        for (String field : OwnHeaders.lines(report, transaction.source())) {
            lines.add((field + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return lines;
    }

    /** The end of the mail (RFC 5321, 4.1.1.4), as James knows it. */
    private static boolean isEnd(byte[] line) {
        return line.length == 3 && line[0] == '.';
    }
}
