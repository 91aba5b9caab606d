package org.mailflow.core.operation;

/** An operator's wish cannot be met; the message tells what to do about it. */
public final class OperationException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Kind {
        /** There is no such queue, mail or repository. */
        NOT_FOUND,
        /** Not at this moment. */
        BUSY,
        /** It makes no sense. */
        INVALID,
        /** A queue or repository failed. */
        FAILED
    }

    private final Kind kind;

    private OperationException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    private OperationException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** There is no such thing. */
    public static OperationException notFound(String message) {
        return new OperationException(Kind.NOT_FOUND, message);
    }

    /** Try again in a while. */
    public static OperationException busy(String message) {
        return new OperationException(Kind.BUSY, message);
    }

    /** It makes no sense. */
    public static OperationException invalid(String message) {
        return new OperationException(Kind.INVALID, message);
    }

    /** A queue or repository failed. */
    public static OperationException failed(String message, Throwable cause) {
        return new OperationException(Kind.FAILED, message, cause);
    }

    /** Why not. */
    public Kind kind() {
        return kind;
    }

    /** The message, which is never missing. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
