package org.mailflow.mailets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.james.Stamps;

/** Mails, mailets and events for tests. */
final class Samples {

    /** Events as they come. */
    static final class Log implements MailEvents {
        private final List<MailEvent> events = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void record(MailEvent event) {
            events.add(event);
        }

        List<MailEvent> of(MailEvent.Type type) {
            return events.stream().filter(event -> event.type() == type).toList();
        }
    }

    private Samples() {}

    static FakeMail mail(String... recipients) throws MessagingException {
        return FakeMail.builder()
                .name("mail-1")
                .sender("sender@contoso.com")
                .state("routing")
                .recipients(Arrays.stream(recipients).map(Samples::address).toList())
                .mimeMessage(message())
                .build();
    }

    static MimeMessage message() throws MessagingException {
        return MimeMessageBuilder.mimeMessageBuilder()
                .addHeader("Message-ID", "<1@contoso.com>")
                .addHeader("To", "info@contoso.com")
                .setSubject("hello")
                .setText("text")
                .build();
    }

    static FakeMail stamped(Directionality directionality, long generation, String... recipients)
            throws MessagingException {
        FakeMail mail = mail(recipients);
        Stamps.put(
                mail,
                new Stamp(
                        generation,
                        IpAddress.parse("192.0.2.1"),
                        Optional.empty(),
                        PeerIdentity.none(),
                        directionality == Directionality.ORIGINATING ? Optional.of("contoso") : Optional.empty(),
                        Optional.empty(),
                        directionality,
                        false,
                        false,
                        Optional.empty()));
        return mail;
    }

    static <T extends Mailet> T init(T mailet, Spool spool, Properties parameters) throws MessagingException {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder()
                .mailetName(mailet.getClass().getSimpleName())
                .mailetContext(spool.context());
        parameters.stringPropertyNames().forEach(name -> config.setProperty(name, parameters.getProperty(name)));
        mailet.init(config.build());
        return mailet;
    }

    static Properties parameters(String... namesAndValues) {
        Properties parameters = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }

    static List<String> recipients(Mail mail) {
        return mail.getRecipients().stream().map(MailAddress::asString).toList();
    }

    static MailAddress address(String text) {
        try {
            return new MailAddress(text);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
