package org.mailflow.core.container.settings;

import java.time.Duration;
import java.util.List;
import org.mailflow.core.config.settings.Parameter;

/** The parameters of {@code SelectConnector}. */
public final class SelectConnectorSettings {

    /** Mailboxes here. */
    public static final Parameter<String> LOCAL_PROCESSOR = Parameter.one(
                    "localProcessor", ContainerKinds.PROCESSOR, "Recipients whose mailbox is on this server.")
            .byDefault("local-delivery");

    /** Ways out. */
    public static final Parameter<String> RELAY_PROCESSOR = Parameter.one(
                    "relayProcessor",
                    ContainerKinds.PROCESSOR,
                    "Recipients whose mail goes to the MX hosts of their domain, or by a connector.")
            .byDefault("relay");

    /** Ways out by connector. */
    public static final Parameter<String> CONNECTOR_PROCESSOR = Parameter.one(
                    "connectorProcessor",
                    ContainerKinds.PROCESSOR,
                    "Recipients whose mail goes by an outbound connector, where these have another processor.")
            .byDefaultInWords("that of relayProcessor");

    /** Nobody. */
    public static final Parameter<String> UNKNOWN_RECIPIENT_PROCESSOR = Parameter.one(
                    "unknownRecipientProcessor",
                    ContainerKinds.PROCESSOR,
                    "Recipients in a domain of ours that the directory does not have.")
            .byDefault("unknown-recipient");

    /** No way. */
    public static final Parameter<String> UNREACHABLE_PROCESSOR = Parameter.one(
                    "unreachableProcessor",
                    ContainerKinds.PROCESSOR,
                    "Recipients on the other premises to which no outbound connector leads.")
            .byDefault("unreachable");

    /** No right. */
    public static final Parameter<String> NOT_PERMITTED_PROCESSOR = Parameter.one(
                    "notPermittedProcessor",
                    ContainerKinds.PROCESSOR,
                    "Recipients elsewhere of a mail whose sender may not relay.")
            .byDefault("not-permitted");

    /** Circles. */
    public static final Parameter<String> LOOP_PROCESSOR = Parameter.one(
                    "loopProcessor",
                    ContainerKinds.PROCESSOR,
                    "Recipients whose mail came back, and would go again where it was before.")
            .byDefaultInWords("that of unknownRecipientProcessor");

    /** No connector for so much. */
    public static final Parameter<String> TOO_LARGE_PROCESSOR = Parameter.one(
                    "tooLargeProcessor",
                    ContainerKinds.PROCESSOR,
                    "Recipients whose connectors are all for smaller mail (maxMessageSize).")
            .byDefaultInWords("that of unknownRecipientProcessor");

    /** Patience. */
    public static final Parameter<List<Duration>> WAIT_INTERVALS = Parameter.one(
                    "waitIntervals",
                    ContainerKinds.WAITS,
                    "How long a mail waits whose directory is unavailable: the first, second, … time; the last repeats.")
            .byDefault("1m, 5m, 15m, 30m");

    /** The mailet. */
    public static final MailetSpec SPEC = MailetSpec.of(
            OwnMailets.PACKAGE + "SelectConnector",
            new Ending.Always(),
            LOCAL_PROCESSOR,
            RELAY_PROCESSOR,
            CONNECTOR_PROCESSOR,
            UNKNOWN_RECIPIENT_PROCESSOR,
            UNREACHABLE_PROCESSOR,
            NOT_PERMITTED_PROCESSOR,
            LOOP_PROCESSOR,
            TOO_LARGE_PROCESSOR,
            WAIT_INTERVALS);

    private SelectConnectorSettings() {}
}
