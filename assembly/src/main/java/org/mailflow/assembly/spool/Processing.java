package org.mailflow.assembly.spool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Mail;
import org.mailflow.delivery.custody.Fault;
import org.mailflow.james.HandedOn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a mail through the processors, one step after the other, until nothing of it is left. Matchers split it into
 * branches; each goes its own way, and a fault in one is no matter of the others: it alone is tried again, with its own
 * recipients, at the step that failed.
 *
 * <p>What a matcher or mailet throws is handled as {@code onMatchException} and {@code onMailetException} say, by James;
 * what these let through, and any {@link Error}, is a fault.
 */
final class Processing {

    private static final Logger LOGGER = LoggerFactory.getLogger(Processing.class);
    /** No configuration sends a mail through more processors, unless it sends it in circles. */
    private static final int MOST_PROCESSORS = 100;

    private final Map<String, Processor> processors;

    /** A mail on its way, before a step of the processor that it is in. */
    private record Branch(Mail mail, int step, int processorsSoFar) {

        Branch in(Mail part, String processor) {
            return part.getState().equals(processor)
                    ? new Branch(part, step + 1, processorsSoFar)
                    : new Branch(part, 0, processorsSoFar + 1);
        }
    }

    Processing(Map<String, Processor> processors) {
        this.processors = Map.copyOf(processors);
    }

    List<Fault> run(Mail mail) {
        Deque<Branch> open = new ArrayDeque<>();
        List<Fault> faults = new ArrayList<>();
        open.push(new Branch(mail, processorOf(mail).takeResume(mail), 1));
        while (!open.isEmpty()) {
            Branch branch = open.pop();
            if (branch.mail().getState().equals(Mail.GHOST)) {
                LifecycleUtil.dispose(branch.mail());
            } else {
                advance(branch, open, faults);
            }
        }
        return faults;
    }

    private Processor processorOf(Mail mail) {
        Processor processor = processors.get(mail.getState());
        if (processor == null) {
            LOGGER.error(
                    "Mail {} is for processor {}, which does not exist, and goes to error",
                    mail.getName(),
                    mail.getState());
            mail.setErrorMessage("there is no processor '" + mail.getState() + "'");
            mail.setState(Mail.ERROR);
            // James does not start without it.
            return processors.getOrDefault(Mail.ERROR, new Processor(Mail.ERROR, List.of()));
        }
        return processor;
    }

    private void advance(Branch branch, Deque<Branch> open, List<Fault> faults) {
        Mail mail = branch.mail();
        Processor processor = processorOf(mail);
        List<MailAddress> recipients = List.copyOf(mail.getRecipients());
        Failures failures = new Failures(processor, branch.step(), faults);
        if (branch.step() >= processor.steps().size()) {
            failures.add(
                    mail,
                    recipients,
                    new IllegalStateException("the processor ends, and the mail is in no other place: its last mailet "
                            + "must take all mail"),
                    "the end");
            return;
        }
        if (branch.processorsSoFar() > MOST_PROCESSORS) {
            failures.add(
                    mail,
                    recipients,
                    new IllegalStateException("the processors send the mail to each other in circles"),
                    "ToProcessor");
            return;
        }
        Step step = processor.steps().get(branch.step());
        try {
            step.split(mail).forEach(part -> process(part, step, branch, open, failures));
        } catch (Exception | Error e) {
            failures.add(mail, recipients, e, step.matcher());
        }
    }

    private static void process(Mail part, Step step, Branch branch, Deque<Branch> open, Failures failures) {
        List<MailAddress> recipients = List.copyOf(part.getRecipients());
        String processor = part.getState();
        try {
            if (Step.isMatched(part)) {
                step.process(part);
            }
            open.push(branch.in(part, failures.processor().name()));
        } catch (Exception | Error e) {
            part.setState(processor);
            failures.add(part, recipients, e, step.mailet());
        }
    }

    /** The faults of a step. */
    private record Failures(Processor processor, int step, List<Fault> faults) {

        void add(Mail mail, List<MailAddress> recipients, Throwable cause, String place) {
            HandedOn.leaveTheOthers(mail, recipients);
            if (mail.getRecipients().isEmpty()) {
                return;
            }
            mail.setState(processor.name());
            processor.resumeAt(mail, step);
            faults.add(new Fault(mail, unwrapped(cause), place));
        }

        /** James wraps what a matcher throws. */
        private static Throwable unwrapped(Throwable thrown) {
            Throwable cause = thrown.getCause();
            return thrown.getClass().equals(RuntimeException.class) && cause != null ? cause : thrown;
        }
    }
}
