package org.mailflow.testing.smtp;

import java.io.IOException;
import java.net.SocketException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One SMTP session (RFC 5321), from the greeting to the end of the connection. */
final class SinkSession {
    private final SinkWire wire;
    private final SinkSettings settings;
    private final SinkScript script;
    private final SinkLog log;
    private final CountDownLatch sinkClosed;
    private final List<EnvelopePath> recipients = new ArrayList<>();
    private final List<EnvelopePath> refused = new ArrayList<>();
    private SmtpPeer peer;
    private @Nullable EnvelopePath sender;
    private int mail;
    private boolean open = true;

    SinkSession(SinkWire wire, SinkSettings settings, SinkScript script, SinkLog log, CountDownLatch sinkClosed) {
        this.wire = wire;
        this.settings = settings;
        this.script = script;
        this.log = log;
        this.sinkClosed = sinkClosed;
        this.peer = new SmtpPeer(log.nextConnection(), wire.client(), wire.server(), "", Optional.empty());
    }

    void run() throws IOException, InterruptedException {
        answer(SmtpStage.CONNECT, "", "220 " + settings.hostName() + " ESMTP");
        while (open) {
            String line = wire.readLine();
            if (line == null) {
                return;
            }
            log.command(new SmtpCommand(peer.connection(), line, peer.tls().isPresent()));
            obey(line);
        }
    }

    private void obey(String line) throws IOException, InterruptedException {
        String upper = line.toUpperCase(Locale.ROOT);
        String verb = upper.split("\\s", 2)[0];
        if (verb.equals("EHLO") || verb.equals("HELO")) {
            hello(line, verb.equals("EHLO"));
        } else if (verb.equals("STARTTLS")) {
            startTls(line);
        } else if (upper.startsWith("MAIL FROM:")) {
            mail(line);
        } else if (upper.startsWith("RCPT TO:")) {
            recipient(line);
        } else if (verb.equals("DATA")) {
            data(line);
        } else if (verb.equals("RSET")) {
            if (succeeds(SmtpStage.RSET, line, "250 2.0.0 OK")) {
                reset();
            }
        } else if (verb.equals("QUIT")) {
            answer(SmtpStage.QUIT, line, "221 2.0.0 Bye");
            open = false;
        } else {
            answer(SmtpStage.OTHER, line, verb.equals("NOOP") ? "250 2.0.0 OK" : "500 5.5.2 Unknown command");
        }
    }

    private void hello(String line, boolean extended) throws IOException, InterruptedException {
        StringBuilder reply = new StringBuilder("250");
        List<String> lines = new ArrayList<>(List.of(settings.hostName()));
        if (extended) {
            lines.addAll(settings.capabilities());
            if (settings.tls() != null && peer.tls().isEmpty()) {
                lines.add("STARTTLS");
            }
        }
        String last = lines.remove(lines.size() - 1);
        lines.forEach(text -> reply.append('-').append(text).append("\r\n250"));
        if (succeeds(SmtpStage.HELLO, line, reply.append(' ').append(last).toString())) {
            reset();
            peer = peer.withHello(line.length() > 5 ? line.substring(5).trim() : "");
        }
    }

    private void startTls(String line) throws IOException, InterruptedException {
        SinkTls tls = settings.tls();
        if (tls == null || peer.tls().isPresent()) {
            answer(SmtpStage.STARTTLS, line, "503 5.5.1 TLS is not available");
            return;
        }
        if (wire.hasUnread()) {
            log.tlsFailure("the client sent more after STARTTLS without waiting for the reply");
            wire.write("554 5.5.1 Text after STARTTLS");
            open = false;
            return;
        }
        if (succeeds(SmtpStage.STARTTLS, line, "220 2.0.0 Ready to start TLS")) {
            try {
                reset();
                peer = peer.secured(wire.secure(tls));
            } catch (IOException e) {
                log.tlsFailure(String.valueOf(e.getMessage()));
                throw e;
            }
        }
    }

    private void mail(String line) throws IOException, InterruptedException {
        mail = log.nextMail();
        Optional<EnvelopePath> path = EnvelopePath.parse(line.substring("MAIL FROM:".length()));
        if (settings.requireTls() && peer.tls().isEmpty()) {
            wire.write("530 5.7.0 Must issue a STARTTLS command first");
        } else if (sender != null) {
            wire.write("503 5.5.1 Nested MAIL command");
        } else if (path.isEmpty()) {
            wire.write("501 5.1.7 Bad sender");
        } else if (succeeds(SmtpStage.MAIL, line, "250 2.1.0 OK")) {
            sender = path.get();
        }
    }

    private void recipient(String line) throws IOException, InterruptedException {
        Optional<EnvelopePath> path = EnvelopePath.parse(line.substring("RCPT TO:".length()));
        if (sender == null) {
            wire.write("503 5.5.1 MAIL first");
        } else if (path.isEmpty()) {
            wire.write("501 5.1.3 Bad recipient");
        } else if (succeeds(SmtpStage.RCPT, line, "250 2.1.5 OK")) {
            recipients.add(path.get());
        } else {
            refused.add(path.get());
        }
    }

    private void data(String line) throws IOException, InterruptedException {
        EnvelopePath from = sender;
        if (from == null || recipients.isEmpty()) {
            wire.write(from == null ? "503 5.5.1 MAIL first" : "554 5.5.1 No valid recipients");
            return;
        }
        if (!succeeds(SmtpStage.DATA, line, "354 End with <CR><LF>.<CR><LF>")) {
            return;
        }
        SinkReaction before = script.reaction(SmtpStage.CONTENT, line, mail);
        pause(before);
        if (before.close()) {
            open = false;
            return;
        }
        MailContent content = new MailContent(wire.readContent());
        SinkReaction reaction = script.reaction(SmtpStage.END_OF_DATA, line, mail);
        pause(reaction);
        String reply = reaction.silent() ? "" : orUsual(reaction, "250 2.0.0 OK");
        // Recorded before the reply: who has the reply may already look here.
        log.transaction(new ReceivedMail(peer, from, recipients, refused, content, reply, Instant.now()));
        finish(reaction, reply);
        reset();
    }

    private boolean succeeds(SmtpStage stage, String line, String usual) throws IOException, InterruptedException {
        String reply = answer(stage, line, usual);
        return open && (reply.startsWith("2") || reply.startsWith("3"));
    }

    private String answer(SmtpStage stage, String line, String usual) throws IOException, InterruptedException {
        boolean inMail = stage == SmtpStage.MAIL || sender != null;
        SinkReaction reaction = script.reaction(stage, line, inMail ? mail : log.mails() + 1);
        pause(reaction);
        String reply = reaction.silent() ? "" : orUsual(reaction, usual);
        finish(reaction, reply);
        return reply;
    }

    private void finish(SinkReaction reaction, String reply) throws IOException {
        if (!reaction.silent()) {
            wire.write(reply);
        }
        if (reaction.close()) {
            open = false;
        }
    }

    private static String orUsual(SinkReaction reaction, String usual) {
        String reply = reaction.reply();
        return reply != null ? reply : usual;
    }

    /** A sink that was closed meanwhile says nothing more, as if it had been cut off at once. */
    private void pause(SinkReaction reaction) throws IOException, InterruptedException {
        if (!reaction.delay().isZero() && sinkClosed.await(reaction.delay().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SocketException("the sink was closed");
        }
    }

    private void reset() {
        sender = null;
        recipients.clear();
        refused.clear();
    }
}
