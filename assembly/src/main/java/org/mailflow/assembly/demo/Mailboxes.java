package org.mailflow.assembly.demo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import javax.net.ssl.SSLContext;
import org.mailflow.assembly.demo.MailSender.Login;

/** Looks into mailboxes as their owners do: by IMAP over TLS, with a password. */
final class Mailboxes {

    private static final String MILLISECONDS = "10000";

    private final Place place;
    private final InetSocketAddress server;
    private final Session session;
    private final List<Login> owners;

    /** The mailboxes of these owners, on a server at a place. */
    Mailboxes(Place place, InetSocketAddress server, SSLContext tls, List<Login> owners) {
        this.place = place;
        this.server = server;
        this.owners = List.copyOf(owners);
        Properties properties = new Properties();
        properties.put("mail.store.protocol", "imap");
        properties.put("mail.imap.starttls.enable", "true");
        properties.put("mail.imap.starttls.required", "true");
        properties.put("mail.imap.ssl.socketFactory", tls.getSocketFactory());
        properties.put("mail.imap.connectiontimeout", MILLISECONDS);
        properties.put("mail.imap.timeout", MILLISECONDS);
        this.session = Session.getInstance(properties);
    }

    /**
     * Every copy of a mail, in whichever mailbox.
     *
     * @throws MessagingException where a mailbox cannot be read
     */
    List<Arrival> copiesOf(String messageId) throws MessagingException {
        List<Arrival> found = new ArrayList<>();
        look(
                messageId,
                (owner, message) ->
                        found.add(new Arrival(place, owner, headers(message, "Received"), Optional.empty())));
        return found;
    }

    /**
     * The values of a header field in every copy of a mail.
     *
     * @throws MessagingException where a mailbox cannot be read
     */
    List<String> header(String messageId, String name) throws MessagingException {
        List<String> values = new ArrayList<>();
        look(messageId, (owner, message) -> values.addAll(headers(message, name)));
        return values;
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(String owner, Message message) throws MessagingException;
    }

    private void look(String messageId, Visitor visitor) throws MessagingException {
        for (Login owner : owners) {
            try (Store store = session.getStore()) {
                store.connect(server.getAddress().getHostAddress(), server.getPort(), owner.user(), owner.password());
                look(messageId, owner, store, visitor);
            }
        }
    }

    private static void look(String messageId, Login owner, Store store, Visitor visitor) throws MessagingException {
        try (Folder inbox = store.getFolder("INBOX")) {
            if (!inbox.exists()) {
                return;
            }
            inbox.open(Folder.READ_ONLY);
            for (Message message : inbox.getMessages()) {
                if (headers(message, "Message-ID").contains(messageId)) {
                    visitor.visit(owner.user(), message);
                }
            }
        }
    }

    private static List<String> headers(Message message, String name) throws MessagingException {
        String[] values = message.getHeader(name);
        return values == null ? List.of() : Arrays.asList(values);
    }
}
