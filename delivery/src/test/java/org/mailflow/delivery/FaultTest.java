package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.FaultSchedule;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.SmtpSink;

/** A fault of this server's own in a delivery: the mail is tried again, set aside, and stops no other. */
class FaultTest {

    private static final FaultSchedule SCHEDULE =
            new FaultSchedule(List.of(Duration.ofMillis(50), Duration.ofMillis(50)), Optional.empty());

    @Test
    void aMailWhoseDeliveryFailsByAnErrorIsSetAsideAndTheOthersAreDelivered() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Lab lab = lab(sink)) {
            for (int i = 0; i < 10; i++) {
                var mail = Lab.mail("broken@fabrikam.com");
                mail.setName("broken-" + i);
                lab.send(mail, "Broken");
            }
            IntStream.range(0, 20).forEach(i -> send(lab, "good-" + i));

            assertThat(sink.awaitReceived(20, Lab.SOON)).hasSize(20);
            Awaitility.await().atMost(Lab.SOON).until(() -> lab.setAside.size() == 10);
            assertThat(lab.setAside).allSatisfy(mail -> {
                assertThat(mail.getState()).isEqualTo("relay");
                assertThat(mail.getRecipients())
                        .extracting(MailAddress::asString)
                        .containsExactly("broken@fabrikam.com");
                assertThat(text(mail, "reason")).contains("NoSuchMethodError");
                assertThat(text(mail, "tries")).isEqualTo("3");
            });
            assertThat(lab.events(MailEvent.Type.SET_ASIDE)).hasSize(10);
            assertThat(lab.queueSize("Broken")).isZero();
        }
    }

    @Test
    void aMailThatCannotBeSetAsideStaysInItsQueue() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Lab lab = lab(sink)) {
            lab.poison = mail -> {
                throw new javax.mail.MessagingException("the disk is full");
            };
            lab.send("Broken", "broken@fabrikam.com");
            Awaitility.await()
                    .atMost(Lab.SOON)
                    .until(() -> lab.events(MailEvent.Type.DEFERRED).stream()
                                    .filter(event -> event.reason().orElse("").contains("cannot be set aside"))
                                    .count()
                            > 2);

            assertThat(lab.setAside).isEmpty();
            assertThat(lab.events(MailEvent.Type.FAILED)).isEmpty();
        }
    }

    private static Lab lab(SmtpSink sink) throws Exception {
        Lab lab = new Lab()
                .outbound(SampleConnector.named("Fabrikam")
                        .domains("fabrikam.com")
                        .smartHosts("[127.0.0.1]:" + sink.port()))
                .outbound(SampleConnector.named("Broken").domains("broken.com").smartHosts("broken.example"));
        lab.flow.faults(SCHEDULE);
        lab.names = new Names() {
            @Override
            public Answer<String> mailExchangers(String domain) {
                throw new NoSuchMethodError("a library of another version");
            }

            @Override
            public Answer<IpAddress> addresses(String host) {
                throw new NoSuchMethodError("a library of another version");
            }
        };
        return lab.start();
    }

    private static void send(Lab lab, String name) {
        try {
            var mail = Lab.mail("good@fabrikam.com");
            mail.setName(name);
            lab.send(mail, "Fabrikam");
        } catch (javax.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(org.apache.mailet.Mail mail, String name) {
        return AttributeUtils.getValueAndCastFromMail(
                        mail, AttributeName.of("org.mailflow.poison." + name), String.class)
                .orElse("");
    }
}
