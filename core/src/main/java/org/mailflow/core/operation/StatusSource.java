package org.mailflow.core.operation;

/** Who knows how the server fares. */
@FunctionalInterface
public interface StatusSource {

    /**
     * Looks. A part that cannot be looked at is told of in the facts, and does not take the others away. Queues may have been
     * looked into up to half a minute before.
     */
    ServerFacts facts();
}
