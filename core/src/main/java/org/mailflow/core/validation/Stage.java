package org.mailflow.core.validation;

/** The stages of a session with a host, in their order. */
public enum Stage {
    /** DNS. */
    RESOLVE("resolve"),
    /** The TCP connection. */
    CONNECT("connect"),
    /** What the host says first (RFC 5321, 3.1). */
    GREETING("greeting"),
    /** The host's extensions (RFC 5321, 4.1.1.1). */
    EHLO("EHLO"),
    /** The wish for TLS (RFC 3207). */
    STARTTLS("STARTTLS"),
    /** The handshake. */
    TLS("TLS"),
    /** The names that the host proves (RFC 9525). */
    NAME("name"),
    /** Who vouches for them (RFC 5280). */
    CHAIN("chain"),
    /** How long that holds. */
    VALIDITY("validity"),
    /** The account (RFC 4954). */
    AUTH("AUTH"),
    /** The sender. */
    MAIL("MAIL FROM"),
    /** A recipient. */
    RCPT("RCPT TO"),
    /** The end without a mail. */
    RSET("RSET"),
    /** A real mail, by the server's delivery. */
    SEND("send");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /** Its name for people and programs. */
    public String word() {
        return word;
    }
}
