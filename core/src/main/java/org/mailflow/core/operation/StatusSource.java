package org.mailflow.core.operation;

/** Who knows how the server fares. */
@FunctionalInterface
public interface StatusSource {

    /**
     * Looks, now.
     *
     * @throws OperationException where a queue or repository cannot be looked into
     */
    ServerFacts facts() throws OperationException;
}
