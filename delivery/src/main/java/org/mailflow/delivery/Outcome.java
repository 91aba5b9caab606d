package org.mailflow.delivery;

/** What became of one recipient in one attempt. */
sealed interface Outcome {

    /** The host's words, or ours where it had none. */
    String text();

    /**
     * A host has the mail.
     *
     * @param text the host's words
     * @param tells whether the host was told what the sender wants to know of the delivery, and sees to it (RFC 3461)
     */
    record Delivered(String text, boolean tells) implements Outcome {}

    /**
     * Not now.
     *
     * @param text why
     * @param elsewhere whether another host may take it at once; not where it is in doubt whether this one did
     */
    record Deferred(String text, boolean elsewhere) implements Outcome {}

    /**
     * Never.
     *
     * @param code the reply code for the bounce
     * @param text why
     */
    record Failed(int code, String text) implements Outcome {}

    /**
     * Not tried: each host that could take the mail has as many as it may have. That is nothing against the mail, and no
     * attempt.
     */
    record NotTried(String text) implements Outcome {}

    /** What a negative reply means for a recipient. */
    static Outcome ofRefusal(SmtpReply reply) {
        return reply.isPermanentFailure()
                ? new Failed(reply.code(), reply.toString())
                : new Deferred(reply.toString(), true);
    }
}
