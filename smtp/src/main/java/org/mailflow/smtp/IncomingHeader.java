package org.mailflow.smtp;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mailflow.core.decision.HeaderFirewall;
import org.mailflow.core.decision.Transaction;
import org.mailflow.core.mime.HeaderIntake;
import org.mailflow.core.mime.RawField;

/**
 * The header of a mail while it comes in. Our own fields stand before it; where they depend on it, it waits for them: up to a
 * limit where the Received headers tell the source, the topmost of which count, and whole where the other premises may have
 * brought the mail.
 */
final class IncomingHeader {

    /** How much of a header waits for its source, in bytes. */
    private static final int WAITING = 65_536;
    /** One says it all. */
    private static final int ORIGINATORS = 100;

    private final Transaction transaction;
    private final String networkMessageId = UUID.randomUUID().toString();
    private final boolean waitsForSource;
    private final boolean waitsForEnd;
    private final List<byte[]> waiting = new ArrayList<>();
    private final List<String> originatorOrgs = new ArrayList<>();
    private HeaderIntake intake;
    private int size;
    private boolean written;

    IncomingHeader(Transaction transaction) {
        this.transaction = transaction;
        this.waitsForSource = transaction.isSourceInHeader();
        this.waitsForEnd = transaction.mayBeCrossPremises();
        this.intake = waitsForEnd ? new HeaderIntake(name -> false) : firewall();
    }

    private HeaderIntake firewall() {
        return new HeaderIntake(
                name -> HeaderFirewall.isProtected(name) && !HeaderFirewall.isOriginatorOrg(name),
                name -> HeaderFirewall.isVerdict(name) || HeaderFirewall.isOriginatorOrg(name),
                this::isLeftOut);
    }

    /** What X-OriginatorOrg says is not handed on, but may be a reason to refuse the mail. */
    private boolean isLeftOut(RawField field) {
        if (HeaderFirewall.isVerdict(field.name())) {
            return HeaderFirewall.claimsToBeOurs(field, transaction::isOurName);
        }
        if (originatorOrgs.size() < ORIGINATORS) {
            originatorOrgs.add(field.value());
        }
        return true;
    }

    /** What the fields that were left out say of the organization that the mail is from. */
    List<String> originatorOrgs() {
        return List.copyOf(originatorOrgs);
    }

    /** What to hand on for a line as it came. */
    List<byte[]> take(byte[] line) {
        boolean end = isEnd(line);
        List<byte[]> lines = end ? behind(intake.rest(), line) : intake.take(line);
        if (written) {
            return lines;
        }
        waiting.addAll(lines);
        size += line.length;
        boolean complete = end || intake.isOver();
        boolean waits = waitsForEnd || (waitsForSource && size < WAITING);
        if (waits && !complete) {
            return List.of();
        }
        written = true;
        List<byte[]> all = waitsForEnd ? promoted(end ? 1 : bodyLines()) : behindOwn(waiting);
        waiting.clear();
        return all;
    }

    /** Whether some program may read another header than this one. */
    boolean isAmbiguous() {
        return intake.isAmbiguous();
    }

    /** The line that ends the header, with the empty one before it where there was none. */
    private int bodyLines() {
        byte[] last = waiting.get(waiting.size() - 1);
        return last[0] == ' ' || last[0] == '\t' ? 2 : 1;
    }

    /** What waited, as the other premises' word makes it, or else as anybody's. */
    private List<byte[]> promoted(int behindHeader) {
        int fields = waiting.size() - behindHeader;
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        waiting.subList(0, fields).forEach(header::writeBytes);
        List<byte[]> rest = List.copyOf(waiting.subList(fields, waiting.size()));
        Optional<List<RawField>> promoted = transaction.promote(RawField.in(header.toByteArray()));
        List<byte[]> all = new ArrayList<>();
        if (promoted.isPresent()) {
            promoted.get().forEach(field -> all.add(field.bytes()));
        } else {
            HeaderIntake distrust = firewall();
            waiting.subList(0, fields).forEach(line -> all.addAll(distrust.take(line)));
            all.addAll(distrust.rest());
        }
        all.addAll(rest);
        return behindOwn(all);
    }

    private List<byte[]> behindOwn(List<byte[]> header) {
        if (waitsForSource) {
            transaction.readSource(intake.received());
        }
        List<byte[]> lines = new ArrayList<>();
        transaction.ownFields(Instant.now(), networkMessageId).forEach(field -> lines.add(field.bytes()));
        lines.addAll(header);
        return lines;
    }

    private static List<byte[]> behind(List<byte[]> before, byte[] line) {
        List<byte[]> lines = new ArrayList<>(before);
        lines.add(line);
        return lines;
    }

    /** The end of the mail (RFC 5321, 4.1.1.4), as James knows it. */
    private static boolean isEnd(byte[] line) {
        return line.length == 3 && line[0] == '.';
    }
}
