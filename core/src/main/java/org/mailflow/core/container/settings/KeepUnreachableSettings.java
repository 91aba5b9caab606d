package org.mailflow.core.container.settings;

import org.mailflow.core.config.settings.Parameter;

/** The parameters of {@code KeepUnreachable}. */
public final class KeepUnreachableSettings {

    /** The place. */
    public static final Parameter<String> REPOSITORY_PATH = Parameter.one(
                    "repositoryPath", ContainerKinds.REPOSITORY, "The mail repository where the mail waits.")
            .mustBeWritten();

    /** The mailet. */
    public static final MailetSpec SPEC = MailetSpec.of(
                    OwnMailets.PACKAGE + "KeepUnreachable", new Ending.Always(), REPOSITORY_PATH)
            .telling();

    private KeepUnreachableSettings() {}
}
