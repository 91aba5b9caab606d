package org.mailflow.assembly.smtp;

import io.netty.handler.codec.TooLongFrameException;

/** A line was longer than any that is kept, and was thrown away. */
final class LineTooLongException extends TooLongFrameException {
    private static final long serialVersionUID = 1L;

    private final boolean endsInCrLf;

    /** The line has come to its end: by CR LF, or by LF alone. */
    LineTooLongException(boolean endsInCrLf) {
        super("a line is too long");
        this.endsInCrLf = endsInCrLf;
    }

    boolean endsInCrLf() {
        return endsInCrLf;
    }
}
