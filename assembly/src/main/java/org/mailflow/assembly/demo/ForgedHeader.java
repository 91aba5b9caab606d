package org.mailflow.assembly.demo;

import java.util.ArrayList;
import java.util.List;
import javax.mail.MessagingException;
import org.mailflow.core.event.MailEvent;

/** Somebody on the internet writes fields into his mail that only the premises may write: both take it for a stranger's. */
final class ForgedHeader implements Scenario {

    private static final DemoFlow FLOW = DemoFlow.ALL.get(2);
    private static final String AUTH_AS = "X-MS-Exchange-Organization-AuthAs";
    private static final String SCL = "X-MS-Exchange-Organization-SCL";
    private static final String CROSS_PREMISES = "X-MS-Exchange-CrossPremises-AuthAs";

    @Override
    public String name() {
        return "X2";
    }

    @Override
    public String title() {
        return "A mail of the internet forges internal header fields";
    }

    @Override
    public ScenarioResult run(DemoStage stage) throws InterruptedException {
        DemoMail mail = DemoMail.of(this, FLOW.sender(), FLOW.recipients())
                .with(List.of(AUTH_AS + ": Internal", SCL + ": -1", CROSS_PREMISES + ": Internal"));
        return Play.of(this, mail).run(play -> {
            stage.side(Place.CLOUD).centralizeTransport(false);
            stage.sendFromInternet(mail, FLOW.entrance());
            play.tell("the mail says " + String.join(", ", mail.fields()));
            stage.watch(() -> play.follows(FLOW, stage, stage.trace(mail.messageId())));
            for (Place place : List.of(Place.ON_PREMISES, Place.CLOUD)) {
                checkFields(stage.side(place), mail, play);
                stage.trace(mail.messageId()).of(place, MailEvent.Type.RECEIVED).forEach(event -> event.reason()
                        .ifPresent(reason -> play.tell(place + ": " + reason)));
            }
        });
    }

    private static void checkFields(DemoPremises side, DemoMail mail, Play play) throws MessagingException {
        List<String> authAs = side.header(mail.messageId(), AUTH_AS);
        List<String> others = new ArrayList<>(side.header(mail.messageId(), SCL));
        others.addAll(side.header(mail.messageId(), CROSS_PREMISES));
        play.check(
                authAs.equals(List.of("Anonymous")) && !others.contains("-1") && !others.contains("Internal"),
                side.place() + ": the copy in the mailbox says " + AUTH_AS + ": " + String.join(", ", authAs)
                        + (others.isEmpty() ? ", and nothing else that was forged" : ", " + others));
    }

    @Override
    public ScenarioResult lookAgain(DemoStage stage, ScenarioResult result) throws Exception {
        return result.judgedAgain(FLOW, stage, stage.trace(result.messageId()));
    }
}
