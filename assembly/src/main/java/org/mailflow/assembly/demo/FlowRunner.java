package org.mailflow.assembly.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.mailflow.assembly.demo.MailSender.RefusedException;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.event.MailEvent;

/** Sends the mail of a flow and watches what becomes of it. */
final class FlowRunner {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLISECONDS = 50;

    private final DemoNetwork network;
    private final DemoInternet internet;
    private final Map<Place, DemoPremises> premises;
    private final CountDownLatch stop;

    /**
     * Runs flows between these.
     *
     * @param stop ends all waiting when it is counted down
     */
    FlowRunner(DemoNetwork network, DemoInternet internet, Map<Place, DemoPremises> premises, CountDownLatch stop) {
        this.network = network;
        this.internet = internet;
        this.premises = Map.copyOf(premises);
        this.stop = stop;
    }

    /**
     * Runs a flow.
     *
     * @throws InterruptedException where the demo was stopped
     */
    FlowResult run(DemoFlow flow) throws InterruptedException {
        DemoMail mail = DemoMail.of(flow);
        Instant begin = Instant.now();
        List<Copy> copies = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        try {
            side(Place.CLOUD).centralizeTransport(flow.centralized());
            send(flow, mail);
            reasons.addAll(watch(flow, mail, copies));
        } catch (RefusedException e) {
            reasons.add("the mail was not taken: " + e.getMessage());
        } catch (IOException | MessagingException | InvalidConfigurationException e) {
            reasons.add("the demo itself failed: " + e);
        }
        return new FlowResult(
                flow.name(),
                flow.title(),
                flow.sender(),
                flow.recipients(),
                mail.messageId(),
                reasons.isEmpty(),
                reasons,
                Duration.between(begin, Instant.now()).toMillis(),
                copies);
    }

    /** Judges once more, when everything had the time to go wrong: a copy too many may come late. */
    List<FlowResult> lookAgain(List<FlowResult> results) throws Exception {
        List<FlowResult> judged = new ArrayList<>();
        for (FlowResult result : results) {
            Trace trace = trace(result.messageId());
            DemoFlow flow = DemoFlow.named(result.flow()).orElseThrow();
            List<Copy> copies = copies(flow, result.messageId(), trace);
            judged.add(result.passed() ? result.with(FlowJudge.judge(flow, copies, trace), copies) : result);
        }
        return judged;
    }

    private void send(DemoFlow flow, DemoMail mail) throws IOException, RefusedException {
        if (flow.start() == Place.INTERNET) {
            network.pointMx(flow.entrance());
            internet.send(mail);
        } else {
            side(flow.entrance()).send(mail);
        }
    }

    /** Waits until everything arrived and is in the logs, or something went wrong, or it took too long. */
    private List<String> watch(DemoFlow flow, DemoMail mail, List<Copy> copies)
            throws IOException, MessagingException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            boolean late = Instant.now().isAfter(end);
            try {
                Trace trace = trace(mail.messageId());
                List<Copy> found = copies(flow, mail.messageId(), trace);
                List<String> reasons = FlowJudge.judge(flow, found, trace);
                boolean decided = reasons.isEmpty() || !trace.troubles().isEmpty();
                if (decided || late) {
                    copies.addAll(found);
                    return reasons;
                }
            } catch (MessagingException e) {
                // A mailbox into which a mail is being put at this moment tells of one that cannot be read yet.
                if (late) {
                    throw e;
                }
            }
            if (stop.await(LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("the demo was stopped");
            }
        }
    }

    private DemoPremises side(Place place) {
        DemoPremises side = premises.get(place);
        if (side == null) {
            throw new IllegalArgumentException(place + " takes no mail from people");
        }
        return side;
    }

    private Trace trace(String messageId) throws IOException {
        Map<Place, List<MailEvent>> events = new EnumMap<>(Place.class);
        for (DemoPremises side : premises.values()) {
            events.put(side.place(), side.eventsOf(messageId));
        }
        return new Trace(events);
    }

    private List<Copy> copies(DemoFlow flow, String messageId, Trace trace) throws MessagingException {
        List<Arrival> arrivals = new ArrayList<>(internet.copiesOf(messageId));
        for (DemoPremises side : premises.values()) {
            arrivals.addAll(side.copiesOf(messageId));
        }
        return arrivals.stream()
                .sorted(Comparator.comparing(arrival -> flow.recipients().indexOf(arrival.address())))
                .map(arrival -> HopReader.read(arrival, trace))
                .toList();
    }
}
