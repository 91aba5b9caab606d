package org.mailflow.delivery;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.core.validation.CertificateSteps;
import org.mailflow.core.validation.HostReport;
import org.mailflow.core.validation.Remedies;
import org.mailflow.core.validation.Stage;
import org.mailflow.core.validation.Step;
import org.mailflow.core.validation.TlsDemand;
import org.mailflow.core.validation.TlsFinding;
import org.mailflow.core.validation.Verdict;

/** Begins a session with one host as the delivery does, announces a mail, and takes it back. */
final class HostProbe implements SessionWatch {

    /** What takes longer is worth a word. */
    private static final Duration SLOW = Duration.ofSeconds(5);

    private static final int READY = 220;

    private final Hop hop;
    private final ClientSettings client;
    private final ConnectorPolicy policy;
    private final TlsDemand demand;
    private final CertificateSteps certificates;
    private final List<Step> steps = new ArrayList<>();
    private List<String> extensions = List.of();
    private Optional<TlsFinding> tls = Optional.empty();
    private Stage stage = Stage.CONNECT;
    private boolean clearTextTold;
    private long since = System.nanoTime();

    /**
     * A probe of one host, for one use.
     *
     * @param demand what is demanded of its TLS, for the remedies
     * @param certificates judge what the host presents
     */
    HostProbe(Hop hop, ClientSettings client, ConnectorPolicy policy, TlsDemand demand, CertificateSteps certificates) {
        this.hop = hop;
        this.client = client;
        this.policy = policy;
        this.demand = demand;
        this.certificates = certificates;
    }

    /**
     * Speaks with the host; its faults are in the report.
     *
     * @param mail is announced; one without recipients is not
     */
    HostReport run(Mail mail) {
        since = System.nanoTime();
        try (SmtpSession session = SmtpSession.open(hop, client, this)) {
            if (session.facts().tls().isEmpty() && !clearTextTold) {
                add(clearText("the host does not offer STARTTLS"));
            }
            if (!mail.getRecipients().isEmpty()) {
                announce(session, mail);
            }
        } catch (HostTrouble e) {
            trouble(e.text(), e);
        } catch (IOException e) {
            trouble(String.valueOf(e.getMessage()), e);
        } catch (MessagingException e) {
            throw new IllegalStateException("a mail of our own can be read", e);
        }
        return HostReport.of(hop.toString(), steps, extensions, tls);
    }

    private void announce(SmtpSession session, Mail mail) throws IOException, MessagingException {
        session.beginMail();
        EnvelopeCommands commands = new EnvelopeCommands(mail, session, policy.header(mail, session.facts()));
        stage = Stage.MAIL;
        String sender = commands.mailFrom(ContentFacts.of(mail.getMessage()::writeTo, 0), mail.getRecipients());
        SmtpReply taken = session.connection().command(sender);
        add(step(sender, taken));
        if (!taken.isPositive()) {
            return;
        }
        stage = Stage.RCPT;
        for (MailAddress recipient : mail.getRecipients()) {
            Optional<Outcome> flaw = commands.flaw(recipient);
            if (flaw.isPresent()) {
                add(Step.failed(Stage.RCPT, recipient + ": " + flaw.get().text(), "Name another recipient"));
            } else {
                String line = commands.rcptTo(recipient);
                add(step(line, session.connection().command(line)));
            }
        }
        stage = Stage.RSET;
        SmtpReply reset = session.connection().command("RSET");
        add(
                reset.isPositive()
                        ? Step.ok(Stage.RSET, "no mail was sent: " + reset)
                        : Step.warning(Stage.RSET, "RSET answered " + reset, "Look at the host's log"));
    }

    private Step step(String command, SmtpReply reply) {
        String text = command + ": " + reply;
        return reply.isPositive()
                ? Step.ok(stage, text)
                : Step.failed(stage, text, Remedies.ofRefusal(stage, reply.code()));
    }

    @Override
    public void connected() {
        add(Step.ok(Stage.CONNECT, "connected to " + hop.address() + " port " + hop.port()));
        stage = Stage.GREETING;
    }

    @Override
    public void answered(String command, SmtpReply reply) {
        switch (command) {
            case "greeting" -> {
                add(as(reply.code() == READY ? Verdict.OK : Verdict.FAILED, reply.toString()));
                stage = Stage.EHLO;
            }
            case "STARTTLS" -> {
                boolean ready = reply.code() == READY;
                add(ready ? Step.ok(Stage.STARTTLS, reply.toString()) : clearText("STARTTLS answered " + reply));
                stage = Stage.TLS;
            }
            default -> helloAnswered(command, reply);
        }
    }

    private void helloAnswered(String command, SmtpReply reply) {
        stage = Stage.EHLO;
        // After the handshake it is said again, and only its extensions are news.
        if (tls.isEmpty() || !reply.isPositive()) {
            boolean toTryHelo = command.equals("EHLO") && reply.isPermanentFailure();
            Verdict verdict = reply.isPositive() ? Verdict.OK : toTryHelo ? Verdict.WARNING : Verdict.FAILED;
            add(as(verdict, command + " " + client.heloName() + ": " + reply));
        }
        stage = Stage.STARTTLS;
    }

    @Override
    public void offered(Collection<String> offered) {
        extensions = offered.stream()
                .map(line -> SmtpReply.of(0, List.of(line)).text())
                .toList();
    }

    @Override
    public void secured(PeerFacts facts, List<X509Certificate> chain, Optional<String> unmet) {
        TlsSession session = facts.tls().orElseThrow();
        add(Step.ok(Stage.TLS, session.version() + ", " + session.cipher()));
        tls = Optional.of(certificates.finding(session.version(), session.cipher(), chain, facts.identity()));
        steps.addAll(certificates.of(chain, facts.identity(), unmet));
        since = System.nanoTime();
    }

    @Override
    public void logsOn() {
        stage = Stage.AUTH;
    }

    @Override
    public void loggedOn(String user) {
        add(Step.ok(Stage.AUTH, "logged on as " + user));
    }

    @Override
    public void fallsBack(String why) {
        add(clearText("the handshake failed: " + why));
        stage = Stage.CONNECT;
    }

    private Step clearText(String why) {
        clearTextTold = true;
        String remedy = Remedies.of(stage, demand, false, "");
        return client.tls().isForced()
                ? Step.failed(stage, why, remedy)
                : Step.warning(stage, why + "; mail travels in clear text, and anybody on the way reads it", remedy);
    }

    private Step as(Verdict verdict, String text) {
        Optional<String> remedy =
                verdict == Verdict.OK ? Optional.empty() : Optional.of(Remedies.of(stage, demand, false, ""));
        return new Step(stage.word(), verdict, text, Optional.empty(), remedy);
    }

    private void trouble(String text, Exception e) {
        if (steps.stream().noneMatch(Step::hasFailed)) {
            boolean tooLong = Throwables.getCausalChain(e).stream().anyMatch(SocketTimeoutException.class::isInstance);
            String limit = client.timeouts().command().toSeconds() + " s";
            add(Step.failed(stage, text, Remedies.of(stage, demand, tooLong, limit)));
        }
    }

    private void add(Step step) {
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        since = System.nanoTime();
        boolean slow = step.verdict() == Verdict.OK && took.compareTo(SLOW) > 0;
        steps.add((slow
                        ? new Step(
                                step.name(),
                                Verdict.WARNING,
                                step.text(),
                                Optional.empty(),
                                Optional.of("The host is slow: every mail waits as long"))
                        : step)
                .took(took.toMillis()));
    }
}
