package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.mail.MessagingException;
import org.mailflow.core.event.MailEvent;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.postfix.Postfix;
import org.mailflow.testing.postfix.PostfixBuilder;
import org.mailflow.testing.smtp.MailContent;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;

/**
 * A hybrid deployment of which one side is ours, on its shipped configuration, and the other is a Postfix. Each knows
 * the other by its certificate, and hands mail only to a host that proves the other's name.
 */
final class HybridWithPostfix implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOCALHOST = "127.0.0.1";

    private final Side ours;
    private final boolean centralized;
    private final String user;
    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final LoopbackDns dns;
    private final SmtpSink internet;
    private final Postfix postfix;
    private final TestServer server;

    /**
     * Starts both sides.
     *
     * @param ours the side that our server plays
     * @param user who has a mailbox there
     * @param directory where it keeps its data
     */
    HybridWithPostfix(Side ours, String user, Path directory) throws Exception {
        this(ours, false, user, directory);
    }

    /**
     * Starts both sides.
     *
     * @param ours the side that our server plays
     * @param centralized whether the cloud hands all mail to on-premises first
     * @param user who has a mailbox there
     * @param directory where it keeps its data
     */
    HybridWithPostfix(Side ours, boolean centralized, String user, Path directory) throws Exception {
        this.ours = ours;
        this.centralized = centralized;
        this.user = user;
        this.dns = LoopbackDns.start();
        this.internet = SmtpSink.builder()
                .hostName("mail.cpandl.com")
                .addresses(Contoso.CPANDL)
                .start();
        int port = FreePort.at(LOCALHOST);
        this.postfix = postfix(port).start();
        dns.a(ours.other().host(), LOCALHOST).mx("cpandl.com", 10, "mail.cpandl.com");
        dns.a("mail.cpandl.com", Contoso.CPANDL);
        Environment environment = Environment.of(ours, directory.resolve("certs"), authority, dns)
                .with("MAILFLOW_SMTP_BIND", LOCALHOST + ":" + port)
                .with(ours.other().variable("PORT"), Integer.toString(postfix.port()))
                .with("MAILFLOW_CENTRALIZED_TRANSPORT", Boolean.toString(centralized))
                .withMailExchanger(internet);
        this.server = TestServer.start(ours.configuration(), directory.resolve("data"), environment, user);
    }

    private PostfixBuilder postfix(int ourPort) {
        Side theirs = ours.other();
        String toUs = "[" + LOCALHOST + "]:" + ourPort;
        PostfixBuilder builder = Postfix.builder(theirs.host())
                .serverCertificate(authority.issue(theirs.host()))
                .clientCertificate(authority.issue(theirs.host()))
                .trust(authority)
                .setting("smtpd_tls_ask_ccert", "yes")
                .setting("smtpd_tls_received_header", "yes")
                .setting("smtp_tls_loglevel", "1")
                .tlsPolicy(toUs, "secure match=" + ours.host());
        return theirs == Side.CLOUD ? cloud(builder, "smtp:" + toUs) : onPremises(builder, "smtp:" + toUs);
    }

    private PostfixBuilder cloud(PostfixBuilder builder, String toUs) {
        builder.mailboxes(Contoso.DAVID_IN_THE_CLOUD).transport("contoso.com", toUs);
        // Centralized transport: David is looked up by us, and only what is for his routing address stays.
        return centralized
                ? builder.transport("contoso.mail.onmicrosoft.com", "virtual:").transport("*", toUs)
                : builder.transport("cpandl.com", toTheInternet()).alias(Contoso.DAVID, Contoso.DAVID_IN_THE_CLOUD);
    }

    private PostfixBuilder onPremises(PostfixBuilder builder, String toUs) {
        return builder.mailboxes(Contoso.CHRIS)
                .transport("contoso.mail.onmicrosoft.com", toUs)
                .transport("cpandl.com", toTheInternet())
                .alias(Contoso.DAVID, Contoso.DAVID_IN_THE_CLOUD);
    }

    private String toTheInternet() {
        return "smtp:[" + Contoso.CPANDL + "]:" + internet.port();
    }

    /** Somebody on the internet sends a mail to the side that is ours. */
    SmtpReply sendToOurs(TestMail mail) throws IOException {
        try (SmtpDialogue smtp = server.connect(Contoso.STRANGER)) {
            return mail.sendIn(smtp);
        }
    }

    /** Somebody on the internet, or a user there, sends a mail to the side that Postfix plays. */
    SmtpReply sendToPostfix(TestMail mail) throws IOException {
        try (SmtpDialogue smtp = SmtpDialogue.connect(LOCALHOST, postfix.port())) {
            smtp.expect("220").send("EHLO client.test").expect("250");
            return mail.sendIn(smtp);
        }
    }

    /** A session with a side of who sends this mail: a user of that side, or somebody on the internet. */
    SmtpDialogue session(String sender, Side entrance) throws IOException {
        if (entrance != ours) {
            return SmtpDialogue.connect(LOCALHOST, postfix.port())
                    .expect("220")
                    .send("EHLO client.test")
                    .expect("250");
        }
        return sender.equals(Contoso.ERIN)
                ? server.connect(Contoso.STRANGER)
                : Submission.open(server, Contoso.DESK, sender);
    }

    /** A user of our side sends a mail. */
    SmtpReply submit(TestMail mail) throws IOException {
        try (SmtpDialogue smtp = Submission.open(server, Contoso.DESK, mail.sender())) {
            return mail.sendIn(smtp);
        }
    }

    /** The one copy in a mailbox of ours. */
    MailContent onlyCopyAtOurs(TestMail mail, String user) {
        return only(() -> server.inbox(user).copiesOf(mail));
    }

    /** The one copy in a mailbox of Postfix. */
    MailContent onlyCopyAtPostfix(TestMail mail, String mailbox) {
        return only(() -> copiesAtPostfix(mail, mailbox));
    }

    List<MailContent> copiesAtPostfix(TestMail mail, String mailbox) throws IOException {
        return postfix.mails(mailbox).stream().filter(mail::isIn).toList();
    }

    /** The one copy that came to cpandl.com. */
    ReceivedMail onlyCopyAtTheInternet(TestMail mail) {
        return only(() -> mail.at(internet).toList());
    }

    /** How the mail came to us, once. */
    MailEvent onlyArrival(TestMail mail) {
        return only(() -> events(mail, MailEvent.Type.RECEIVED));
    }

    /** How the mail went from us to another host, once. */
    MailEvent onlyDeparture(TestMail mail) {
        return only(() -> events(mail, MailEvent.Type.DELIVERED).stream()
                .filter(event -> event.peer().isPresent())
                .toList());
    }

    /** The events of a mail of one type. */
    List<MailEvent> events(TestMail mail, MailEvent.Type type) throws IOException {
        return server.eventsOf(mail).stream()
                .filter(event -> event.type() == type)
                .toList();
    }

    /** Every copy of every mail, in mailboxes and on the internet; those of mailboxes of Postfix with the line ends of mail. */
    ListMultimap<String, MailContent> copies() throws MessagingException, IOException {
        ListMultimap<String, MailContent> copies = ArrayListMultimap.create();
        for (String mailbox : List.of(Contoso.CHRIS, Contoso.DAVID_IN_THE_CLOUD)) {
            for (MailContent copy : postfix.mails(mailbox)) {
                String onTheWire = copy.text().replace("\n", "\r\n");
                copies.put(
                        mailbox.equals(Contoso.CHRIS) ? mailbox : Contoso.DAVID,
                        new MailContent(onTheWire.getBytes(ISO_8859_1)));
            }
        }
        copies.putAll(user, server.inbox(user).mails());
        internet.received()
                .forEach(mail -> mail.recipientAddresses().forEach(recipient -> copies.put(recipient, mail.content())));
        return copies;
    }

    /** Everything that our side tells of its mails. */
    List<MailEvent> events() throws IOException {
        return server.events(event -> true);
    }

    long queuedMails() throws Exception {
        return server.queuedMails();
    }

    /** Every mail in every mailbox, and on the internet: none may be anywhere twice. */
    List<String> everything() throws MessagingException, IOException {
        List<String> everything = new ArrayList<>();
        for (String mailbox : List.of(Contoso.CHRIS, Contoso.DAVID_IN_THE_CLOUD)) {
            postfix.mails(mailbox).forEach(mail -> everything.add(mailbox + mail.headers("Message-ID")));
        }
        server.inbox(user).mails().forEach(mail -> everything.add(user + mail.headers("Message-ID")));
        internet.received()
                .forEach(mail -> everything.add("internet" + mail.content().headers("Message-ID")));
        return everything;
    }

    private static <T> T only(Callable<List<T>> found) {
        return await().atMost(PATIENCE).until(found, list -> list.size() == 1).get(0);
    }

    /** What Postfix did. */
    String postfixLog() throws IOException {
        return postfix.log();
    }

    LoopbackDns dns() {
        return dns;
    }

    int postfixPort() {
        return postfix.port();
    }

    @Override
    public void close() throws IOException {
        server.close();
        postfix.close();
        internet.close();
        dns.close();
    }
}
