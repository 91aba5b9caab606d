package org.mailflow.assembly.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.smtp.ReceivedMail;

/**
 * Both premises are told that the other has whom they do not know: a mail for nobody goes round once, its sender is told, and
 * the log names what an administrator has to change.
 */
final class ConfiguredLoop implements Scenario {

    private static final String NOBODY = "nobody@contoso.com";
    private static final String SENDER = "erin@cpandl.com";

    /** What somebody wrote on both sides, in the hope that the other would know better. */
    private static final Map<String, String> MISTAKE = Map.of(
            "<acceptedDomain name=\"contoso.com\" type=\"authoritative\"/>",
            "<acceptedDomain name=\"contoso.com\" type=\"internalRelay\"/>",
            "<recipientDomains>contoso.mail.onmicrosoft.com</recipientDomains>",
            "<recipientDomains>contoso.mail.onmicrosoft.com, contoso.com</recipientDomains>");

    @Override
    public String name() {
        return "X3";
    }

    @Override
    public String title() {
        return "A configuration sends mail in a circle";
    }

    @Override
    public ScenarioResult run(DemoStage stage) throws InterruptedException {
        DemoMail mail = DemoMail.of(this, SENDER, List.of(NOBODY));
        return Play.of(this, mail).run(play -> {
            stage.side(Place.CLOUD).centralizeTransport(false);
            try (Mistake onPremises = Mistake.in(stage.side(Place.ON_PREMISES));
                    Mistake cloud = Mistake.in(stage.side(Place.CLOUD))) {
                play.tell("contoso.com becomes internalRelay " + onPremises.where() + " and " + cloud.where()
                        + ", with a connector to the other side for it");
                stage.sendFromInternet(mail, Place.ON_PREMISES);
                stage.watch(() -> !bounces(stage, mail.messageId()).isEmpty());
                failures(stage, mail.messageId())
                        .forEach(event -> event.reason().ifPresent(reason -> play.tell("on-premises says " + reason)));
                judge(stage, mail.messageId()).forEach(play::wrong);
                if (play.isWell()) {
                    play.tell("the mail went to the cloud and came back once; " + SENDER + " got one message about it: "
                            + failures(stage, mail.messageId()).get(0).reply().orElse(""));
                }
            }
        });
    }

    @Override
    public ScenarioResult lookAgain(DemoStage stage, ScenarioResult result) throws Exception {
        return result.passed() ? result.with(judge(stage, result.messageId()), List.of()) : result;
    }

    private static List<String> judge(DemoStage stage, String messageId) throws IOException {
        Trace trace = stage.trace(messageId);
        List<String> wrong = new ArrayList<>();
        count("times received on-premises", 2, trace.of(Place.ON_PREMISES, MailEvent.Type.RECEIVED), wrong);
        count("times received in the cloud", 1, trace.of(Place.CLOUD, MailEvent.Type.RECEIVED), wrong);
        count("failures on-premises", 1, trace.of(Place.ON_PREMISES, MailEvent.Type.FAILED), wrong);
        count("failures in the cloud", 0, trace.of(Place.CLOUD, MailEvent.Type.FAILED), wrong);
        count("messages to its sender", 1, bounces(stage, messageId), wrong);
        return wrong;
    }

    private static void count(String what, int expected, List<?> found, List<String> wrong) {
        if (found.size() != expected) {
            wrong.add(what + ": " + found.size() + ", not " + expected);
        }
    }

    private static List<MailEvent> failures(DemoStage stage, String messageId) throws IOException {
        return stage.trace(messageId).of(Place.ON_PREMISES, MailEvent.Type.FAILED);
    }

    /** What came to the sender with the mail's id in it. */
    private static List<ReceivedMail> bounces(DemoStage stage, String messageId) {
        return stage.internet().received().stream()
                .filter(mail -> mail.sender().address().isEmpty()
                        && mail.content().text().contains(messageId))
                .toList();
    }

    /** A side with the mistake in its configuration; mended when it is closed. */
    private record Mistake(DemoPremises side, String right) implements AutoCloseable {

        static Mistake in(DemoPremises side) throws IOException, InvalidConfigurationException {
            String right = side.configuration();
            String wrong = right;
            for (Map.Entry<String, String> change : MISTAKE.entrySet()) {
                wrong = wrong.replace(change.getKey(), change.getValue());
            }
            side.configure(wrong);
            return new Mistake(side, right);
        }

        String where() {
            return side.place() == Place.CLOUD ? "in the cloud" : side.place().toString();
        }

        @Override
        public void close() throws IOException, InvalidConfigurationException {
            side.configure(right);
        }
    }
}
