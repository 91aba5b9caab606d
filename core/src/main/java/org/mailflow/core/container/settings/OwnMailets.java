package org.mailflow.core.container.settings;

import java.util.List;
import java.util.Optional;

/** The mailets of Mailflow: who writes one enters it here, or the server does not start with it. */
public final class OwnMailets {

    /** Where they all are. */
    public static final String PACKAGE = "org.mailflow.mailets.";

    /** Takes no parameters. */
    public static final MailetSpec REWRITE_TO_ROUTING_ADDRESS =
            MailetSpec.of(PACKAGE + "RewriteToRoutingAddress", new Ending.Never());

    /** Takes no parameters. */
    public static final MailetSpec APPLY_HEADER_FIREWALL =
            MailetSpec.of(PACKAGE + "ApplyHeaderFirewall", new Ending.Never());

    /** All of them. */
    public static final List<MailetSpec> ALL = List.of(
            SelectConnectorSettings.SPEC,
            DeliverByConnectorSettings.SPEC,
            DeliverToMailboxSettings.SPEC,
            REWRITE_TO_ROUTING_ADDRESS,
            APPLY_HEADER_FIREWALL,
            SendDeliveryStatusNotificationSettings.SPEC,
            KeepUnreachableSettings.SPEC);

    private OwnMailets() {}

    /** The one of this class. */
    public static Optional<MailetSpec> named(String className) {
        return ALL.stream().filter(spec -> spec.className().equals(className)).findFirst();
    }
}
