package org.mailflow.core.model;

/**
 * How a mail may be built, so that programs that take it apart survive it.
 *
 * @param maxDepth how deep parts may be nested in parts
 * @param maxParts how many parts there may be
 */
public record MimeLimits(int maxDepth, int maxParts) {

    /** Postfix' depth, and more parts than any mail program makes. */
    public static final MimeLimits DEFAULT = new MimeLimits(100, 10_000);
}
