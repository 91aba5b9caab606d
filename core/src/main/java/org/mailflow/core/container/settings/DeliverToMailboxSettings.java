package org.mailflow.core.container.settings;

import org.mailflow.core.config.settings.Parameter;

/** The parameters of {@code DeliverToMailbox}. */
public final class DeliverToMailboxSettings {

    /** Recipients who have no copy. */
    public static final Parameter<String> FAILED_PROCESSOR = Parameter.one(
                    "failedProcessor", ContainerKinds.PROCESSOR, "Recipients whose mailbox could not be written to.")
            .byDefault("mailbox-failed");

    /** The mailet. */
    public static final MailetSpec SPEC =
            MailetSpec.of(OwnMailets.PACKAGE + "DeliverToMailbox", new Ending.Always(), FAILED_PROCESSOR);

    private DeliverToMailboxSettings() {}
}
