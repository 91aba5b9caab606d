package org.mailflow.core.container.settings;

import java.util.ArrayList;
import java.util.List;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.Kinds;
import org.mailflow.core.config.settings.Parameter;

/** The element {@code mailet}: what it has whichever mailet it names. */
public final class MailetElements {

    /** Which mails. */
    public static final Parameter<String> MATCH =
            Parameter.one("match", Kinds.TEXT, "Which mails and recipients: a matcher, =, its condition.");

    /** Which mails not. */
    public static final Parameter<String> NOTMATCH = Parameter.one("notmatch", Kinds.TEXT, "The same; all but those.");

    /** Which mailet. */
    public static final Parameter<String> CLASS =
            Parameter.one("class", ContainerKinds.CLASS, "The mailet.").mustBeWritten();

    /** A matcher in trouble. */
    public static final Parameter<String> ON_MATCH_EXCEPTION = Parameter.one(
                    "onMatchException",
                    Kinds.TEXT,
                    "What a fault of the matcher means: propagate (try the mail again), nomatch, matchall, or the "
                            + "processor that goes on with the mail.")
            .byDefault("error");

    /** A mailet in trouble. */
    public static final Parameter<String> ON_MAILET_EXCEPTION = Parameter.one(
                    "onMailetException",
                    Kinds.TEXT,
                    "What a fault of the mailet means: propagate (try the mail again), ignore, or the processor that "
                            + "goes on with the mail.")
            .byDefault("error");

    private MailetElements() {}

    static ElementSpec mailet(List<Parameter<?>> own) {
        List<Parameter<?>> parameters = new ArrayList<>(own);
        parameters.add(ON_MATCH_EXCEPTION);
        parameters.add(ON_MAILET_EXCEPTION);
        return new ElementSpec(
                "mailet",
                true,
                false,
                List.of(MATCH, NOTMATCH, CLASS),
                parameters,
                List.of(),
                "What is done with the mails that match.");
    }
}
