package org.mailflow.core.container.settings;

import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.settings.Sizes;

/** The parameters of {@code SendDeliveryStatusNotification}. */
public final class SendDeliveryStatusNotificationSettings {

    /** How much comes back. */
    public static final Parameter<Long> MAX_MESSAGE_ATTACH_SIZE = Parameter.one(
                    "maxMessageAttachSize",
                    Sizes.SIZE_IN_BYTES,
                    "Up to what size a mail comes back as a whole to a sender who asked for that (RET=FULL); of any other "
                            + "the header does.")
            .byDefault("10MB");

    /** The mailet. */
    public static final MailetSpec SPEC = MailetSpec.of(
                    OwnMailets.PACKAGE + "SendDeliveryStatusNotification", new Ending.Always(), MAX_MESSAGE_ATTACH_SIZE)
            .telling();

    private SendDeliveryStatusNotificationSettings() {}
}
