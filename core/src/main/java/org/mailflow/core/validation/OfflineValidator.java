package org.mailflow.core.validation;

import java.io.IOException;
import java.nio.file.Path;
import org.mailflow.core.model.Mailflow;

/** Tries connectors that no server runs. */
@FunctionalInterface
public interface OfflineValidator {

    /**
     * Tries a connector from this process.
     *
     * @param configuration the directory with James' files, which say whom to ask for names
     * @param mailflow the snapshot that the connector is of
     * @throws IOException where James' files cannot be read; the message tells which, and why
     */
    ConnectorValidation validate(Path configuration, Mailflow mailflow, ValidationPlan plan) throws IOException;
}
