package org.mailflow.core.container.checks;

import org.mailflow.core.container.reading.MailetDraft;
import org.mailflow.core.container.reading.ProcessorDraft;
import org.mailflow.core.container.settings.Ending;
import org.mailflow.core.container.settings.JamesMailets;
import org.mailflow.core.container.settings.MailetSpec;

/** Whether the mail that a mailet gets goes on in its processor. */
enum Flow {
    /** It never does. */
    ENDS,
    /** It always does. */
    GOES_ON,
    /** The mailet is not known. */
    UNKNOWN;

    static Flow of(MailetDraft mailet, ProcessorDraft processor) {
        return mailet.spec()
                .map(MailetSpec::ending)
                .map(ending -> of(ending, mailet, processor) ? ENDS : GOES_ON)
                .orElse(UNKNOWN);
    }

    private static boolean of(Ending ending, MailetDraft mailet, ProcessorDraft processor) {
        if (ending instanceof Ending.ByFlag flag) {
            return mailet.value(flag.parameter()).orElse(flag.unlessSet()) == flag.endsWhen();
        }
        if (ending instanceof Ending.ToProcessor) {
            return mailet.value(JamesMailets.PROCESSOR)
                    .filter(processor.state()::equals)
                    .isEmpty();
        }
        return ending instanceof Ending.Always;
    }
}
