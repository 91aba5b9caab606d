package org.mailflow.assembly.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;

/** Writes down everything of a mail but its name and its message, as JSON, and reads it again. */
final class EnvelopeFormat {

    private static final String SENDER = "sender";
    private static final String RECIPIENTS = "recipients";
    private static final String STATE = "state";
    private static final String ERROR = "error";
    private static final String REMOTE_HOST = "remoteHost";
    private static final String REMOTE_ADDRESS = "remoteAddr";
    private static final String LAST_UPDATED = "lastUpdated";
    private static final String ATTRIBUTES = "attributes";
    private static final String HEADERS = "headers";

    private final ObjectMapper mapper = new ObjectMapper();

    byte[] write(Mail mail) throws IOException {
        ObjectNode envelope = mapper.createObjectNode();
        mail.getMaybeSender().asOptional().ifPresent(sender -> envelope.put(SENDER, sender.asString()));
        ArrayNode recipients = envelope.putArray(RECIPIENTS);
        mail.getRecipients().forEach(recipient -> recipients.add(recipient.asString()));
        envelope.put(STATE, mail.getState());
        envelope.put(ERROR, mail.getErrorMessage());
        envelope.put(REMOTE_HOST, mail.getRemoteHost());
        envelope.put(REMOTE_ADDRESS, mail.getRemoteAddr());
        envelope.put(LAST_UPDATED, mail.getLastUpdated().toInstant().toEpochMilli());
        ObjectNode attributes = envelope.putObject(ATTRIBUTES);
        mail.attributes().forEach(attribute -> attribute
                .getValue()
                .toJson()
                .ifPresent(value -> attributes.set(attribute.getName().asString(), value)));
        writeHeaders(mail, envelope);
        return mapper.writeValueAsBytes(envelope);
    }

    private static void writeHeaders(Mail mail, ObjectNode envelope) {
        Map<MailAddress, ? extends Iterable<PerRecipientHeaders.Header>> headers =
                mail.getPerRecipientSpecificHeaders().getHeadersByRecipient().asMap();
        if (!headers.isEmpty()) {
            ObjectNode written = envelope.putObject(HEADERS);
            headers.forEach((recipient, own) -> {
                ArrayNode fields = written.putArray(recipient.asString());
                own.forEach(header ->
                        fields.addObject().put("name", header.getName()).put("value", header.getValue()));
            });
        }
    }

    /**
     * Makes a mail of what was written, without a message.
     *
     * @throws IOException where it is no mail
     */
    MailImpl read(String name, byte[] written) throws IOException {
        try {
            JsonNode envelope = mapper.readTree(written);
            MailImpl.Builder mail = MailImpl.builder()
                    .name(name)
                    .sender(MaybeSender.getMailSender(text(envelope, SENDER).orElse(null)))
                    .addRecipients(recipients(envelope))
                    .lastUpdated(Date.from(
                            Instant.ofEpochMilli(envelope.path(LAST_UPDATED).asLong())))
                    .addAttributes(attributes(envelope));
            text(envelope, STATE).ifPresent(mail::state);
            text(envelope, ERROR).ifPresent(mail::errorMessage);
            text(envelope, REMOTE_HOST).ifPresent(mail::remoteHost);
            text(envelope, REMOTE_ADDRESS).ifPresent(mail::remoteAddr);
            addHeaders(envelope, mail);
            return mail.build();
        } catch (MessagingException | RuntimeException e) {
            throw new IOException("what is stored of mail " + name + " is no mail", e);
        }
    }

    private static List<MailAddress> recipients(JsonNode envelope) throws AddressException {
        List<MailAddress> recipients = new ArrayList<>();
        for (JsonNode recipient : envelope.path(RECIPIENTS)) {
            recipients.add(new MailAddress(recipient.asText()));
        }
        return recipients;
    }

    private static List<Attribute> attributes(JsonNode envelope) {
        List<Attribute> attributes = new ArrayList<>();
        envelope.path(ATTRIBUTES)
                .fields()
                .forEachRemaining(field -> attributes.add(
                        new Attribute(AttributeName.of(field.getKey()), AttributeValue.fromJson(field.getValue()))));
        return attributes;
    }

    private static void addHeaders(JsonNode envelope, MailImpl.Builder mail) throws AddressException {
        for (Map.Entry<String, JsonNode> own : envelope.path(HEADERS).properties()) {
            MailAddress recipient = new MailAddress(own.getKey());
            for (JsonNode field : own.getValue()) {
                mail.addHeaderForRecipient(
                        PerRecipientHeaders.Header.builder()
                                .name(field.path("name").asText())
                                .value(field.path("value").asText())
                                .build(),
                        recipient);
            }
        }
    }

    private static Optional<String> text(JsonNode envelope, String field) {
        return Optional.ofNullable(envelope.get(field))
                .filter(value -> !value.isNull())
                .map(JsonNode::asText);
    }
}
