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
        for (Login owner : owners) {
            try (Store store = session.getStore()) {
                store.connect(server.getAddress().getHostAddress(), server.getPort(), owner.user(), owner.password());
                found.addAll(copiesOf(messageId, owner, store));
            }
        }
        return found;
    }

    private List<Arrival> copiesOf(String messageId, Login owner, Store store) throws MessagingException {
        List<Arrival> found = new ArrayList<>();
        try (Folder inbox = store.getFolder("INBOX")) {
            if (!inbox.exists()) {
                return found;
            }
            inbox.open(Folder.READ_ONLY);
            for (Message message : inbox.getMessages()) {
                if (headers(message, "Message-ID").contains(messageId)) {
                    found.add(new Arrival(place, owner.user(), headers(message, "Received"), Optional.empty()));
                }
            }
        }
        return found;
    }

    private static List<String> headers(Message message, String name) throws MessagingException {
        String[] values = message.getHeader(name);
        return values == null ? List.of() : Arrays.asList(values);
    }
}
