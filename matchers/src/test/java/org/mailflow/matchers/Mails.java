package org.mailflow.matchers;

import java.util.Arrays;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.Matcher;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.decision.Stamp;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;
import org.mailflow.james.Stamps;

/** Mails and matchers for tests. */
final class Mails {

    private Mails() {}

    static FakeMail to(String... recipients) throws MessagingException {
        return FakeMail.builder()
                .name("mail-1")
                .sender("sender@fabrikam.com")
                .recipients(Arrays.stream(recipients).map(Mails::address).toList())
                .build();
    }

    static FakeMail bySmtpWithoutStamp(String... recipients) throws MessagingException {
        FakeMail mail = to(recipients);
        mail.setAttribute(new Attribute(Mail.SMTP_SESSION_ID, AttributeValue.of("1")));
        return mail;
    }

    static FakeMail stamped(String clientIp, String tlsVersion, String connector) throws MessagingException {
        FakeMail mail = to("chris@contoso.com", "david@contoso.com");
        Stamps.put(
                mail,
                new Stamp(
                        1,
                        IpAddress.parse(clientIp),
                        Optional.of(tlsVersion)
                                .filter(version -> !version.isEmpty())
                                .map(version -> new TlsSession(version, "TLS_AES_128_GCM_SHA256")),
                        PeerIdentity.none(),
                        Optional.of("contoso"),
                        Optional.of(connector).filter(name -> !name.isEmpty()),
                        Directionality.ORIGINATING,
                        false,
                        false,
                        Optional.empty()));
        return mail;
    }

    static FakeMail damaged() throws MessagingException {
        FakeMail mail = stamped("192.0.2.1", "TLSv1.3", "In");
        mail.setAttribute(new Attribute(
                org.apache.mailet.AttributeName.of(Stamp.PREFIX + "clientIp"), AttributeValue.of("nonsense")));
        return mail;
    }

    static <T extends Matcher> T init(T matcher, String condition) throws MessagingException {
        matcher.init(FakeMatcherConfig.builder()
                .matcherName(matcher.getClass().getSimpleName())
                .condition(condition)
                .build());
        return matcher;
    }

    static MailAddress address(String text) {
        try {
            return new MailAddress(text);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
