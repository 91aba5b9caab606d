package org.mailflow.assembly;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;

/** Reads the test user's mailbox. */
final class ImapClient {
    private ImapClient() {}

    static List<String> subjects(MailflowServer server) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.timeout", "20000");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect("127.0.0.1", server.imapPorts().get(0), TestServer.USER, TestServer.PASSWORD);
            try (Folder inbox = store.getFolder("INBOX")) {
                if (!inbox.exists()) {
                    return List.of();
                }
                inbox.open(Folder.READ_ONLY);
                return Arrays.stream(inbox.getMessages())
                        .map(ImapClient::subject)
                        .toList();
            }
        }
    }

    /** Tells whether a mail came in while James answered: for a moment it counts mails that it does not find. */
    static boolean isUnsettled(Throwable failure) {
        return failure instanceof IllegalStateException && failure.getCause() instanceof MessagingException;
    }

    private static String subject(Message message) {
        try {
            return String.valueOf(message.getSubject());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
