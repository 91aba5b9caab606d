package org.mailflow.directory;

/** No server of a directory could answer; the message says why, for administrators. */
final class ServerUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    ServerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
