package org.mailflow.testing.smtp;

/** The points of an SMTP session at which a {@link SmtpSink} can be told what to do. */
public enum SmtpStage {
    /** The connection is open, the greeting is due. */
    CONNECT,
    /** EHLO or HELO. */
    HELLO,
    STARTTLS,
    MAIL,
    RCPT,
    /** The DATA command; its reply is 354. */
    DATA,
    /** 354 was sent and the content is about to be read: a delay leaves it unread, a close cuts it off. */
    CONTENT,
    /** The final dot was read. */
    END_OF_DATA,
    RSET,
    QUIT,
    /** Any other command. */
    OTHER
}
