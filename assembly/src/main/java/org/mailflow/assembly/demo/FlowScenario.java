package org.mailflow.assembly.demo;

import java.io.IOException;
import org.mailflow.assembly.demo.MailSender.RefusedException;

/**
 * Sends the mail of a flow and watches what becomes of it.
 *
 * @param flow what must come of it
 */
record FlowScenario(DemoFlow flow) implements Scenario {

    @Override
    public String name() {
        return flow.name();
    }

    @Override
    public String title() {
        return flow.title();
    }

    @Override
    public ScenarioResult run(DemoStage stage) throws InterruptedException {
        DemoMail mail = DemoMail.of(this, flow.sender(), flow.recipients());
        return Play.of(this, mail).run(play -> {
            stage.side(Place.CLOUD).centralizeTransport(flow.centralized());
            send(stage, mail);
            stage.watch(() -> {
                Trace trace = stage.trace(mail.messageId());
                return play.follows(flow, stage, trace) || !trace.troubles().isEmpty();
            });
        });
    }

    @Override
    public ScenarioResult lookAgain(DemoStage stage, ScenarioResult result) throws Exception {
        return result.judgedAgain(flow, stage, stage.trace(result.messageId()));
    }

    private void send(DemoStage stage, DemoMail mail) throws IOException, RefusedException {
        if (flow.start() == Place.INTERNET) {
            stage.sendFromInternet(mail, flow.entrance());
        } else {
            stage.side(flow.entrance()).send(mail);
        }
    }
}
