package org.mailflow.core.model;

/**
 * How a mail may be built, so that programs that take it apart survive it. Octets are those of the content, without the dots
 * that SMTP adds (RFC 5321, 4.5.2).
 *
 * @param maxMessageSize octets of a mail, where its listener has no limit of its own
 * @param maxHeaderSize octets of its header
 * @param maxHeaderFields fields of its header
 * @param maxLineLength octets of a line, without CR LF
 * @param maxBoundaryLength octets of what delimits parts
 * @param maxDepth how deep parts may be nested in parts
 * @param maxParts how many parts there may be
 */
public record MimeLimits(
        long maxMessageSize,
        long maxHeaderSize,
        int maxHeaderFields,
        int maxLineLength,
        int maxBoundaryLength,
        int maxDepth,
        int maxParts) {

    private static final long KILO = 1_024;

    /**
     * Exchange's sizes, the longest line that James reads, Postfix' boundary and depth, and more fields and parts than any mail
     * program makes.
     */
    public static final MimeLimits DEFAULT =
            new MimeLimits(35 * KILO * KILO, 256 * KILO, 10_000, 8_192, 2_048, 100, 10_000);

    /** Limits for parts, with the defaults of all others. */
    public MimeLimits(int maxDepth, int maxParts) {
        this(
                DEFAULT.maxMessageSize,
                DEFAULT.maxHeaderSize,
                DEFAULT.maxHeaderFields,
                DEFAULT.maxLineLength,
                DEFAULT.maxBoundaryLength,
                maxDepth,
                maxParts);
    }

    /**
     * The limits of a listener.
     *
     * @param size its own {@code maxmessagesize} in octets; 0 for none
     */
    public MimeLimits atListener(long size) {
        return size > 0
                ? new MimeLimits(
                        size, maxHeaderSize, maxHeaderFields, maxLineLength, maxBoundaryLength, maxDepth, maxParts)
                : this;
    }
}
