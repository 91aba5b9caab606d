package org.mailflow.core.validation;

import java.util.List;
import org.mailflow.core.operation.OperationException;

/** What an operator does with the outbound connectors of a running server. */
public interface ConnectorOperations {

    /** Every connector of the configuration that runs, enabled or not, in its order. */
    List<ConnectorState> connectors();

    /**
     * Tries a connector of the configuration that runs, enabled or not, and remembers the outcome. It takes as long as its
     * hosts do.
     *
     * @param organization whose connector
     * @param connector its name
     * @throws OperationException where there is no such connector, or the wish makes no sense for it
     */
    ConnectorValidation validate(String organization, String connector, ValidationWish wish) throws OperationException;
}
