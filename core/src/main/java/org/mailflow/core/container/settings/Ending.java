package org.mailflow.core.container.settings;

import org.mailflow.core.config.settings.Parameter;

/** Whether a mail that a mailet has worked on goes on to the next mailet of the processor. */
public sealed interface Ending {

    /** Whether a mail goes on. */
    Parameter<Boolean> PASS_THROUGH = Parameter.one("passThrough", ContainerKinds.FLAG, "Whether the mail goes on.");

    /** Whether a mail does not go on. */
    Parameter<Boolean> CONSUME = Parameter.one("consume", ContainerKinds.FLAG, "Whether the mail ends here.");

    /** It never does: it is delivered, stored, or in another processor. */
    record Always() implements Ending {}

    /** It always does. */
    record Never() implements Ending {}

    /** It is in the processor that is named; if that is the same one, it does. */
    record ToProcessor() implements Ending {}

    /**
     * A parameter decides.
     *
     * @param parameter which
     * @param endsWhen with which value the mail does not go on
     * @param unlessSet the value where none is written
     */
    record ByFlag(Parameter<Boolean> parameter, boolean endsWhen, boolean unlessSet) implements Ending {}

    /** The custom of James: {@code passThrough}. */
    static Ending unlessPassThrough(boolean unlessSet) {
        return new ByFlag(PASS_THROUGH, false, unlessSet);
    }

    /** The other custom of James: {@code consume}. */
    static Ending ifConsumed(boolean unlessSet) {
        return new ByFlag(CONSUME, true, unlessSet);
    }
}
