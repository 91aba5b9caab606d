package org.mailflow.core.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened to a mail. Texts may hold what a peer said; a sink escapes them.
 *
 * @param time when
 * @param type what
 * @param server the host name of the server that did it
 * @param mailId the server's own id of the mail; empty before it has one
 * @param messageId the header Message-ID
 * @param sender MAIL FROM; {@code <>} for the null sender
 * @param recipients RCPT TO
 * @param organization whose mail
 * @param connector by which connector it came or went
 * @param peer the other end: {@code 192.0.2.1}, {@code mail.contoso.com[192.0.2.1]:25}
 * @param tlsVersion {@code TLSv1.3}; empty in clear text
 * @param tlsCipher the cipher suite
 * @param peerIdentity what the peer's certificate proved
 * @param reply the SMTP reply, given or received
 * @param reason why, with the line of the configuration where one decided
 * @param generation the snapshot that decided
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MailEvent(
        @JsonProperty("time") Instant time,
        @JsonProperty("type") Type type,
        @JsonProperty("server") String server,
        @JsonProperty("mailId") Optional<String> mailId,
        @JsonProperty("messageId") Optional<String> messageId,
        @JsonProperty("sender") Optional<String> sender,
        @JsonProperty("recipients") List<String> recipients,
        @JsonProperty("organization") Optional<String> organization,
        @JsonProperty("connector") Optional<String> connector,
        @JsonProperty("peer") Optional<String> peer,
        @JsonProperty("tlsVersion") Optional<String> tlsVersion,
        @JsonProperty("tlsCipher") Optional<String> tlsCipher,
        @JsonProperty("peerIdentity") Optional<String> peerIdentity,
        @JsonProperty("reply") Optional<String> reply,
        @JsonProperty("reason") Optional<String> reason,
        @JsonProperty("generation") Optional<Long> generation) {

    /** What happened. */
    public enum Type {
        /** A mail was accepted with 250. */
        RECEIVED,
        /** A recipient, or a whole mail, was refused in the session. */
        REFUSED,
        /** A mail was split by recipient. */
        TRANSFERRED,
        /** An address was rewritten. */
        REWRITTEN,
        /** A way was chosen. */
        ROUTED,
        /** A delivery failed for now. */
        DEFERRED,
        /** A copy was handed to the next hop or put into a mailbox. */
        DELIVERED,
        /** A copy cannot be delivered. */
        FAILED,
        /** An operator held, released, moved, deleted or sent it again, or sent it to validate a connector. */
        OPERATED,
        /** A mail that failed too often by a fault of the server's own was put into the poison repository. */
        SET_ASIDE
    }

    /** Copies the recipients. */
    public MailEvent {
        recipients = List.copyOf(recipients);
    }

    /** Starts an event of a type, now. */
    public static Builder builder(Type type, String server) {
        return new Builder(type, server);
    }

    /** Fills an event in. */
    public static final class Builder {
        private final Type type;
        private final String server;
        private Optional<String> mailId = Optional.empty();
        private Optional<String> messageId = Optional.empty();
        private Optional<String> sender = Optional.empty();
        private List<String> recipients = List.of();
        private Optional<String> organization = Optional.empty();
        private Optional<String> connector = Optional.empty();
        private Optional<String> peer = Optional.empty();
        private Optional<String> tlsVersion = Optional.empty();
        private Optional<String> tlsCipher = Optional.empty();
        private Optional<String> peerIdentity = Optional.empty();
        private Optional<String> reply = Optional.empty();
        private Optional<String> reason = Optional.empty();
        private Optional<Long> generation = Optional.empty();

        private Builder(Type type, String server) {
            this.type = type;
            this.server = server;
        }

        /** The server's own id of the mail. */
        public Builder mailId(String value) {
            mailId = Optional.of(value);
            return this;
        }

        /** The header Message-ID. */
        public Builder messageId(Optional<String> value) {
            messageId = value;
            return this;
        }

        /** MAIL FROM; {@code <>} for the null sender. */
        public Builder sender(String value) {
            sender = Optional.of(value);
            return this;
        }

        /** RCPT TO. */
        public Builder recipients(List<String> value) {
            recipients = value;
            return this;
        }

        /** Whose mail. */
        public Builder organization(Optional<String> value) {
            organization = value;
            return this;
        }

        /** By which connector. */
        public Builder connector(Optional<String> value) {
            connector = value;
            return this;
        }

        /** The other end. */
        public Builder peer(String value) {
            peer = Optional.of(value);
            return this;
        }

        /** The TLS session. */
        public Builder tls(Optional<String> version, Optional<String> cipher) {
            tlsVersion = version;
            tlsCipher = cipher;
            return this;
        }

        /** What the peer's certificate proved. */
        public Builder peerIdentity(String value) {
            peerIdentity = Optional.of(value);
            return this;
        }

        /** The SMTP reply. */
        public Builder reply(String value) {
            reply = Optional.of(value);
            return this;
        }

        /** Why. */
        public Builder reason(String value) {
            reason = Optional.of(value);
            return this;
        }

        /** The snapshot that decided. */
        public Builder generation(long value) {
            generation = Optional.of(value);
            return this;
        }

        /** The event. */
        public MailEvent build() {
            return new MailEvent(
                    Instant.now(),
                    type,
                    server,
                    mailId,
                    messageId,
                    sender,
                    recipients,
                    organization,
                    connector,
                    peer,
                    tlsVersion,
                    tlsCipher,
                    peerIdentity,
                    reply,
                    reason,
                    generation);
        }
    }
}
