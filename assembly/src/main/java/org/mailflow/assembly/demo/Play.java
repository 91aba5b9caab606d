package org.mailflow.assembly.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.mail.MessagingException;
import org.mailflow.assembly.demo.MailSender.RefusedException;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.operation.OperationException;

/** A scenario while it is played: what was found, and what is wrong. */
final class Play {

    private final Scenario scenario;
    private final DemoMail mail;
    private List<Copy> copies = List.of();
    private List<String> reasons = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    private Play(Scenario scenario, DemoMail mail) {
        this.scenario = scenario;
        this.mail = mail;
    }

    /** What happens in it. */
    @FunctionalInterface
    interface Script {
        /** Plays, and notes what is found. */
        void play(Play play)
                throws IOException, MessagingException, RefusedException, InvalidConfigurationException,
                        OperationException, InterruptedException;
    }

    /** A play with a mail. */
    static Play of(Scenario scenario, DemoMail mail) {
        return new Play(scenario, mail);
    }

    /**
     * Plays.
     *
     * @throws InterruptedException where the demo was stopped
     */
    ScenarioResult run(Script script) throws InterruptedException {
        Instant begin = Instant.now();
        try {
            script.play(this);
        } catch (RefusedException e) {
            wrong("the mail was not taken: " + e.getMessage());
        } catch (IOException | MessagingException | InvalidConfigurationException | OperationException e) {
            wrong("the demo itself failed: " + e);
        }
        return new ScenarioResult(
                scenario.name(),
                scenario.title(),
                mail.sender(),
                mail.recipients(),
                mail.messageId(),
                reasons.isEmpty(),
                reasons,
                findings,
                Duration.between(begin, Instant.now()).toMillis(),
                copies);
    }

    /**
     * Looks what became of the mail, and judges it by a flow; what was judged before is void.
     *
     * @param trace what the logs say of it
     * @return whether nothing is wrong
     */
    boolean follows(DemoFlow flow, DemoStage stage, Trace trace) throws MessagingException {
        copies = stage.copies(flow.recipients(), mail.messageId(), trace);
        reasons = new ArrayList<>(FlowJudge.judge(flow, copies, trace));
        return isWell();
    }

    /** Something is wrong. */
    void wrong(String reason) {
        reasons.add(reason);
    }

    /** Something that must be so: told where it is, a failure where it is not. */
    void check(boolean isSo, String finding) {
        if (isSo) {
            findings.add(finding);
        } else {
            wrong("not so: " + finding);
        }
    }

    /** Something worth telling. */
    void tell(String finding) {
        findings.add(finding);
    }

    /** Whether nothing is wrong. */
    boolean isWell() {
        return reasons.isEmpty();
    }
}
