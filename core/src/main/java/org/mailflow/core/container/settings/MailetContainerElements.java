package org.mailflow.core.container.settings;

import java.util.List;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.Kinds;
import org.mailflow.core.config.settings.Parameter;

/** The elements of {@code mailetcontainer.xml}. */
public final class MailetContainerElements {

    /** Beans of JMX. */
    public static final Parameter<Boolean> ENABLE_JMX =
            Parameter.one("enableJmx", ContainerKinds.SWITCH, "Whether the parts are beans of JMX.");

    /** The author of bounces. */
    public static final Parameter<String> POSTMASTER =
            Parameter.one("postmaster", Kinds.TEXT, "The author of bounces, and who gets mail to postmaster.");

    /** How much at a time. */
    public static final Parameter<Integer> THREADS = Parameter.one(
                    "threads", Kinds.number("threads", 0, 10_000), "How many mails are worked on at a time.")
            .byDefault("100");

    /** The last resort. */
    public static final Parameter<String> ERROR_REPOSITORY = Parameter.one(
            "errorRepository", ContainerKinds.REPOSITORY, "In a stock James, mail that failed six times in a row.");

    /** The name of a processor. */
    public static final Parameter<String> STATE = Parameter.one(
                    "state", ContainerKinds.STATE, "The name of the processor.")
            .mustBeWritten();

    /** Context of mailets. */
    public static final ElementSpec CONTEXT =
            new ElementSpec("context", false, false, List.of(), List.of(POSTMASTER), List.of(), "What mailets share.");

    /** The spooler. */
    public static final ElementSpec SPOOLER = new ElementSpec(
            "spooler",
            false,
            true,
            List.of(),
            List.of(THREADS, ERROR_REPOSITORY),
            List.of(),
            "How mail is taken from the spool.");

    private static final ElementSpec INNER_MATCHER = matcher(List.of());

    /** A named matcher, or one inside another. */
    public static final ElementSpec MATCHER = matcher(List.of(INNER_MATCHER));

    /** A processor. */
    public static final ElementSpec PROCESSOR = new ElementSpec(
            "processor",
            true,
            true,
            List.of(STATE, ENABLE_JMX),
            List.of(),
            List.of(MATCHER, MailetElements.mailet(List.of())),
            "Mailets, in the order in which mail comes by.");

    /** All processors. */
    public static final ElementSpec PROCESSORS = new ElementSpec(
            "processors", false, true, List.of(ENABLE_JMX), List.of(), List.of(PROCESSOR), "What becomes of mail.");

    /** The root. */
    public static final ElementSpec ROOT = new ElementSpec(
            "mailetcontainer",
            false,
            true,
            List.of(ENABLE_JMX),
            List.of(),
            List.of(CONTEXT, SPOOLER, PROCESSORS),
            "What becomes of a mail after the SMTP session.");

    private MailetContainerElements() {}

    private static ElementSpec matcher(List<ElementSpec> inner) {
        return new ElementSpec(
                "matcher",
                true,
                false,
                List.of(
                        Parameter.one("name", Kinds.TEXT, "What mailets of the processor call it in match."),
                        MailetElements.MATCH,
                        MailetElements.NOTMATCH),
                List.of(),
                inner,
                "A matcher with a name, or a part of one.");
    }
}
