package org.mailflow.assembly;

import javax.inject.Inject;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/** A mailet of the test's extension: needs a binding of the extension and one of the server. */
public final class GreetingMailet extends GenericMailet {
    private final TestExtension.Greeting greeting;
    private final RecordingHook.Notes notes;

    /** Takes what the extension and what the server bound. */
    @Inject
    public GreetingMailet(TestExtension.Greeting greeting, RecordingHook.Notes notes) {
        this.greeting = greeting;
        this.notes = notes;
    }

    @Override
    public void service(Mail mail) {
        notes.greetings.add(greeting.text());
    }
}
