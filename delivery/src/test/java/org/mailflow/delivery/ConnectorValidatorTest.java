package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.WatchedEvents;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.validation.ConnectorState;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.SentMail;
import org.mailflow.core.validation.Step;
import org.mailflow.core.validation.ValidationWish;
import org.mailflow.james.SampleConnector;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.SmtpStage;

class ConnectorValidatorTest {

    private static final ValidationWish SEND = new ValidationWish(
            List.of("bob@fabrikam.com", "ann@fabrikam.com"),
            Optional.empty(),
            Optional.of(true),
            Optional.of(5),
            Optional.of(20));

    private final Lab lab = new Lab();
    private final WatchedEvents events = new WatchedEvents(lab.events::add);

    @Test
    void sendsARealMailByTheConnectorsQueueAndTellsWhatTheNextHopSaid() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Lab started = start(connector(sink))) {
            sink.on(SmtpStage.END_OF_DATA).containing("").reply("250 2.0.0 queued as 4F2");

            ConnectorValidation validation =
                    validator(started, KeptValidations.inMemory()).validate("contoso", "Fabrikam", SEND);

            assertThat(validation.isValidated()).as(validation.summary()).isTrue();
            assertThat(validation.summary()).isEqualTo("1 of 1 host takes mail, 2 of 2 mails arrived");
            assertThat(validation.sent())
                    .extracting(SentMail::recipient)
                    .containsExactly("bob@fabrikam.com", "ann@fabrikam.com");
            assertThat(validation.sent().get(0).step().text())
                    .isEqualTo("[127.0.0.1]:" + sink.port() + " has the mail (in clear text): 250 2.0.0 queued as 4F2");
            ReceivedMail mail = sink.received().stream()
                    .filter(received -> received.recipientAddresses().contains("bob@fabrikam.com"))
                    .findFirst()
                    .orElseThrow();
            assertThat(mail.content().text())
                    .contains("Message-ID: " + validation.sent().get(0).messageId())
                    .contains("Subject: Validation of connector contoso/Fabrikam")
                    .contains("Auto-Submitted: auto-generated");
            assertThat(started.events)
                    .filteredOn(event -> event.messageId()
                            .equals(Optional.of(validation.sent().get(0).messageId())))
                    .extracting(MailEvent::type)
                    .containsExactly(MailEvent.Type.OPERATED, MailEvent.Type.DELIVERED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "451 4.3.0 later, does not take it now: 451 4.3.0 later, queue delete",
        "550 5.7.1 never, refuses it: 550 5.7.1 never, in a bounce"
    })
    void tellsWhyAMailDidNotArrive(String reply, String text, String remedy) throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Lab started = start(connector(sink))) {
            sink.on(SmtpStage.END_OF_DATA).reply(reply);

            ConnectorValidation validation =
                    validator(started, KeptValidations.inMemory()).validate("contoso", "Fabrikam", SEND);

            assertThat(validation.isValidated()).isFalse();
            Step step = validation.sent().get(0).step();
            assertThat(step.text()).contains(text);
            assertThat(step.remedy().orElse("")).contains(remedy);
            assertThat(validation.summary())
                    .contains("0 of 2 mails arrived; bob@fabrikam.com: ")
                    .contains(reply);
        }
    }

    @Test
    void sendsNothingWhereNoHostTakesMail() throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Lab started = start(connector(sink))) {
            sink.on(SmtpStage.RCPT).reply("550 5.1.1 nobody");

            ConnectorValidation validation =
                    validator(started, KeptValidations.inMemory()).validate("contoso", "Fabrikam", SEND);

            assertThat(validation.sent()).isEmpty();
            assertThat(validation.notes()).extracting(Step::text).contains("no mail was sent, since no host takes any");
            assertThat(started.queueSize("Fabrikam")).isZero();
        }
    }

    @Test
    void remembersTheOutcomeUntilTheConnectorIsChanged(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("validations.json");
        try (SmtpSink sink = SmtpSink.start();
                Lab started = start(connector(sink))) {
            ConnectorState before = state(validator(started, KeptValidations.in(file)));
            validator(started, KeptValidations.in(file)).validate("Contoso", "fabrikam", ValidationWish.usual());
            ConnectorState after = state(validator(started, KeptValidations.in(file)));
            started.outbound(connector(sink).fqdn("other.contoso.com"));
            started.reload();
            ConnectorState changed = state(validator(started, KeptValidations.in(file)));

            assertThat(before.isValidated()).isFalse();
            assertThat(before.lastValidationTimestamp()).isEmpty();
            assertThat(after.isValidated()).isTrue();
            assertThat(after.lastValidationTimestamp()).isPresent();
            assertThat(after.summary()).contains("1 of 1 host takes a session");
            assertThat(changed.isValidated()).isFalse();
            assertThat(changed.changedSince()).isTrue();
            assertThat(changed.hasFailed()).isFalse();
        }
    }

    @Test
    void beginsAnewWhereWhatItRemembersCannotBeRead(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("validations.json"), "{\"validations\":[{");
        try (SmtpSink sink = SmtpSink.start();
                Lab started = start(connector(sink))) {
            ConnectorValidator validator = validator(started, KeptValidations.in(file));

            assertThat(state(validator).lastValidationTimestamp()).isEmpty();
            validator.validate("contoso", "Fabrikam", ValidationWish.usual());
            assertThat(state(validator(started, KeptValidations.in(file))).isValidated())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "contoso, Nobody, bob@fabrikam.com, false, NOT_FOUND, it has [Fabrikam",
        "adatum, Fabrikam, bob@fabrikam.com, false, NOT_FOUND, there are [contoso]",
        "contoso, Fabrikam, bob, false, INVALID, write it like chris@contoso.com",
        "contoso, Fabrikam, , true, INVALID, set validationRecipients",
        "contoso, Disabled, bob@fabrikam.com, true, INVALID, set enabled to true",
        "contoso, Anywhere, , false, INVALID, name a recipient"
    })
    void refusesWhatMakesNoSense(
            String organization,
            String connector,
            String recipient,
            boolean send,
            OperationException.Kind kind,
            String text)
            throws Exception {
        try (SmtpSink sink = SmtpSink.start();
                Lab started = start(
                        connector(sink),
                        SampleConnector.named("Disabled")
                                .disabled()
                                .domains("disabled.example")
                                .smartHosts("[127.0.0.1]:" + sink.port()),
                        SampleConnector.named("Anywhere").domains("*"))) {
            ValidationWish wish = new ValidationWish(
                    recipient == null ? List.of() : List.of(recipient),
                    Optional.empty(),
                    Optional.of(send),
                    Optional.empty(),
                    Optional.empty());

            assertThatThrownBy(() ->
                            validator(started, KeptValidations.inMemory()).validate(organization, connector, wish))
                    .isInstanceOfSatisfying(OperationException.class, refused -> {
                        assertThat(refused.kind()).isEqualTo(kind);
                        assertThat(refused.text()).contains(text);
                    });
            assertThat(sink.connections()).isZero();
        }
    }

    private Lab start(SampleConnector... connectors) throws Exception {
        lab.recorder = events;
        lab.names = new FixedNames();
        for (SampleConnector connector : connectors) {
            lab.outbound(connector);
        }
        return lab.start();
    }

    private ConnectorValidator validator(Lab started, KeptValidations kept) {
        return new ConnectorValidator(
                started.live(), started.running(), started.names, kept, events, Clock.systemUTC());
    }

    private static ConnectorState state(ConnectorValidator validator) {
        return validator.connectors().get(0);
    }

    private static SampleConnector connector(SmtpSink sink) {
        return SampleConnector.named("Fabrikam").domains("fabrikam.com").smartHosts("[127.0.0.1]:" + sink.port());
    }
}
