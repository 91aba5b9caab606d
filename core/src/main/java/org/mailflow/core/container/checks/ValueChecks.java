package org.mailflow.core.container.checks;

import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.settings.MailetContainerElements;
import org.mailflow.core.container.settings.MailetElements;

/** The form of every value. James takes some wrong ones for the default, without a word. */
final class ValueChecks {

    private ValueChecks() {}

    static void run(MailetContainerDraft container) {
        container.root().one(MailetContainerElements.ENABLE_JMX);
        container.processors().forEach(processor -> processor.section().one(MailetContainerElements.ENABLE_JMX));
        container.mailets().forEach(ValueChecks::mailet);
    }

    /** Reading a value notes what is wrong with it. */
    private static void mailet(MailetDraft mailet) {
        mailet.value(MailetElements.CLASS);
        mailet.spec().stream().flatMap(spec -> spec.parameters().stream()).forEach(mailet::value);
    }
}
