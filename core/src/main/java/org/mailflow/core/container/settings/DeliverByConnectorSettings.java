package org.mailflow.core.container.settings;

import org.mailflow.core.config.settings.Kinds;
import org.mailflow.core.config.settings.Parameter;

/** The parameters of {@code DeliverByConnector}. */
public final class DeliverByConnectorSettings {

    /** The one way. */
    public static final Parameter<String> CONNECTOR = Parameter.one(
                    "connector",
                    ContainerKinds.CONNECTOR,
                    "The outbound connector, as organization/connector, whatever SelectConnector chose.")
            .byDefaultInWords("the way that SelectConnector chose");

    /** The end. */
    public static final Parameter<String> BOUNCE_PROCESSOR = Parameter.one(
                    "bounceProcessor", ContainerKinds.PROCESSOR, "Mail that could not be delivered.")
            .byDefault("bounces");

    /** Their port. */
    public static final Parameter<Integer> MX_PORT =
            Parameter.one("mxPort", Kinds.PORT, "The port of MX hosts.").byDefault("25");

    /** How much at a time. */
    public static final Parameter<Integer> CONCURRENCY = Parameter.one(
                    "concurrency",
                    Kinds.number("concurrency", 1, 1_000),
                    "How many mails of one connector are under way at a time, unless it has maxOutboundConnections; twice "
                            + "as many on the way to MX hosts.")
            .byDefault("20");

    /** The mailet. */
    public static final MailetSpec SPEC = MailetSpec.of(
            OwnMailets.PACKAGE + "DeliverByConnector",
            new Ending.Always(),
            CONNECTOR,
            BOUNCE_PROCESSOR,
            MX_PORT,
            CONCURRENCY);

    private DeliverByConnectorSettings() {}
}
