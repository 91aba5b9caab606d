package org.mailflow.core.json;

import org.jspecify.annotations.Nullable;

/** A text is not the JSON that was expected; the message says where and why. */
public final class InvalidJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
