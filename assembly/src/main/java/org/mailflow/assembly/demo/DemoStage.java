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
import org.mailflow.core.event.MailEvent;

/**
 * Where the scenarios play.
 *
 * @param network what all places share
 * @param internet the rest of the world
 * @param premises the two sides
 * @param stop ends all waiting when it is counted down
 */
record DemoStage(DemoNetwork network, DemoInternet internet, Map<Place, DemoPremises> premises, CountDownLatch stop) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MILLISECONDS = 50;

    /** Copies the map. */
    DemoStage {
        premises = Map.copyOf(premises);
    }

    /** A look at what became of a mail. */
    @FunctionalInterface
    interface Look {
        /** Whether there is nothing more to wait for. */
        boolean isEnough() throws IOException, MessagingException;
    }

    /** The side at a place. */
    DemoPremises side(Place place) {
        DemoPremises side = premises.get(place);
        if (side == null) {
            throw new IllegalArgumentException(place + " takes no mail from people");
        }
        return side;
    }

    /** Sends a mail of the internet to one of the sides, to which the MX record then points. */
    void sendFromInternet(DemoMail mail, Place entrance) throws IOException, RefusedException {
        network.pointMx(entrance);
        internet.send(mail);
    }

    /** What the logs of both sides say of a mail. */
    Trace trace(String messageId) throws IOException {
        Map<Place, List<MailEvent>> events = new EnumMap<>(Place.class);
        for (DemoPremises side : premises.values()) {
            events.put(side.place(), side.eventsOf(messageId));
        }
        return new Trace(events);
    }

    /** Every copy of a mail, wherever it is, in the order of its recipients. */
    List<Copy> copies(List<String> recipients, String messageId, Trace trace) throws MessagingException {
        List<Arrival> arrivals = new ArrayList<>(internet.copiesOf(messageId));
        for (DemoPremises side : premises.values()) {
            arrivals.addAll(side.copiesOf(messageId));
        }
        return arrivals.stream()
                .sorted(Comparator.comparing(arrival -> recipients.indexOf(arrival.address())))
                .map(arrival -> HopReader.read(arrival, trace))
                .toList();
    }

    /**
     * Looks again and again, until it is enough, or too late.
     *
     * @throws InterruptedException where the demo was stopped
     * @throws MessagingException where a mailbox could not be read at the last look either
     */
    void watch(Look look) throws IOException, MessagingException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            boolean late = Instant.now().isAfter(end);
            try {
                if (look.isEnough() || late) {
                    return;
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
}
