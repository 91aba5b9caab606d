package org.mailflow.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.mail.FetchProfile;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.tls.TlsContexts;

/**
 * A mailbox, read by IMAP over TLS.
 *
 * @param port of the IMAP server on 127.0.0.1
 * @param user its owner
 */
record Inbox(int port, String user) {

    private static final String MILLISECONDS = "20000";

    /** Every mail in it. */
    List<MailContent> mails() throws MessagingException, IOException {
        try (Store store = session().getStore("imap")) {
            store.connect("127.0.0.1", port, user, TestServer.PASSWORD);
            try (Folder folder = store.getFolder("INBOX")) {
                List<MailContent> mails = new ArrayList<>();
                if (folder.exists()) {
                    folder.open(Folder.READ_ONLY);
                    for (Message message : folder.getMessages()) {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        message.writeTo(bytes);
                        mails.add(new MailContent(bytes.toByteArray()));
                    }
                }
                return mails;
            }
        }
    }

    /** The values of these headers, one list for every mail in it; empty where a mail lacks one. */
    List<List<String>> headers(String... names) throws MessagingException {
        try (Store store = session().getStore("imap")) {
            store.connect("127.0.0.1", port, user, TestServer.PASSWORD);
            try (Folder folder = store.getFolder("INBOX")) {
                List<List<String>> headers = new ArrayList<>();
                if (folder.exists()) {
                    folder.open(Folder.READ_ONLY);
                    FetchProfile wanted = new FetchProfile();
                    for (String name : names) {
                        wanted.add(name);
                    }
                    Message[] messages = folder.getMessages();
                    folder.fetch(messages, wanted);
                    for (Message message : messages) {
                        headers.add(values(message, names));
                    }
                }
                return headers;
            }
        }
    }

    private static List<String> values(Message message, String... names) throws MessagingException {
        List<String> values = new ArrayList<>();
        for (String name : names) {
            String[] found = message.getHeader(name);
            values.add(found == null ? "" : found[0]);
        }
        return values;
    }

    /** The copies of a mail in it. */
    List<MailContent> copiesOf(TestMail mail) throws MessagingException, IOException {
        return mails().stream().filter(mail::isIn).toList();
    }

    private static Session session() {
        Properties properties = new Properties();
        properties.put("mail.imap.starttls.required", "true");
        properties.put("mail.imap.starttls.enable", "true");
        properties.put(
                "mail.imap.ssl.socketFactory", TlsContexts.gullibleClient().getSocketFactory());
        properties.put("mail.imap.connectiontimeout", MILLISECONDS);
        properties.put("mail.imap.timeout", MILLISECONDS);
        return Session.getInstance(properties);
    }
}
