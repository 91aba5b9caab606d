package org.mailflow.assembly.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.mail.MessagingException;
import org.mailflow.assembly.demo.MailSender.RefusedException;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.smtp.TlsStrippingDevice;

/**
 * A device between the premises hides STARTTLS: mail for on-premises waits in the cloud, and is delivered, over TLS, when the
 * device is gone. It is never sent in clear text.
 */
final class StrippedTls implements Scenario {

    private static final DemoFlow FLOW = DemoFlow.first();

    @Override
    public String name() {
        return "X1";
    }

    @Override
    public String title() {
        return "A device between the premises strips TLS";
    }

    @Override
    public ScenarioResult run(DemoStage stage) throws InterruptedException {
        DemoMail mail = DemoMail.of(this, FLOW.sender(), FLOW.recipients());
        return Play.of(this, mail).run(play -> {
            stage.side(Place.CLOUD).centralizeTransport(false);
            sendPastTheDevice(stage, mail, play);
            stage.side(Place.CLOUD).retryQueued();
            stage.watch(() -> play.follows(FLOW, stage, withoutDeferral(stage, mail.messageId())));
            play.tell("the device is taken away, the cloud tries again: chris@contoso.com has the mail, over TLS");
        });
    }

    private static void sendPastTheDevice(DemoStage stage, DemoMail mail, Play play)
            throws IOException, RefusedException, MessagingException, InterruptedException {
        DemoNetwork network = stage.network();
        try (TlsStrippingDevice device = TlsStrippingDevice.start(
                new InetSocketAddress(Place.DEVICE.address(), network.port()), network.mailPort(Place.ON_PREMISES))) {
            network.host(Place.ON_PREMISES, Place.DEVICE.address());
            stage.sendFromInternet(mail, Place.CLOUD);
            stage.watch(() -> deferral(stage, mail.messageId()).isPresent());
            Optional<MailEvent> deferral = deferral(stage, mail.messageId());
            play.check(
                    device.timesHidden() > 0 && deferral.isPresent(),
                    "the cloud keeps the mail of chris@contoso.com: "
                            + deferral.flatMap(MailEvent::reply).orElse("it was not deferred"));
            play.check(
                    stage.trace(mail.messageId())
                            .of(Place.ON_PREMISES, MailEvent.Type.RECEIVED)
                            .isEmpty(),
                    "nothing went through the device in clear text");
        } finally {
            network.host(Place.ON_PREMISES, Place.ON_PREMISES.address());
        }
    }

    private static Optional<MailEvent> deferral(DemoStage stage, String messageId) throws IOException {
        return stage.trace(messageId).of(Place.CLOUD, MailEvent.Type.DEFERRED).stream()
                .findFirst();
    }

    @Override
    public ScenarioResult lookAgain(DemoStage stage, ScenarioResult result) throws Exception {
        return result.judgedAgain(FLOW, stage, withoutDeferral(stage, result.messageId()));
    }

    /** The mail is to go as it would without the device, but for the deferral. */
    private static Trace withoutDeferral(DemoStage stage, String messageId) throws IOException {
        return stage.trace(messageId).without(MailEvent.Type.DEFERRED);
    }
}
