package org.mailflow.core.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.explain.InvalidQuestionException.Flaw;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.mime.RawField;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

class QuestionFormTest {

    private final JsonTexts json = new JsonTexts();

    @Test
    void readsTheSmallestQuestion() throws Exception {
        Question question = json.read(
                        "{\"clientIp\":\"192.0.2.1\",\"from\":\"<>\",\"to\":[\"chris@contoso.com\"]}",
                        QuestionForm.class)
                .toQuestion();

        assertThat(question)
                .isEqualTo(new Question(
                        Peer.inClearText(IpAddress.parse("192.0.2.1")),
                        Optional.empty(),
                        List.of(EmailAddress.parse("chris@contoso.com")),
                        List.of()));
    }

    @Test
    void readsTheWholeQuestion() throws Exception {
        String text = "{\"clientIp\":\"2001:db8::1\",\"tls\":\"1.2\",\"certificate\":"
                + "{\"names\":[\"Mail.Contoso.com\"],\"verified\":true},\"auth\":\"erin@cpandl.com\","
                + "\"from\":\"erin@cpandl.com\",\"to\":[\"chris@contoso.com\",\"david@contoso.com\"],"
                + "\"received\":[\"Received: from a ([192.0.2.1]) by b\",\"from c by a\"],"
                + "\"header\":[\"X-OriginatorOrg: contoso.com\",\"Subject: a\\r\\n b\"],\"originatorOrg\":\"Contoso.com\"}";

        Question question = json.read(text, QuestionForm.class).toQuestion();

        assertThat(question.peer().clientIp()).isEqualTo(IpAddress.parse("2001:db8::1"));
        assertThat(question.peer().tls().map(TlsSession::version)).contains("TLSv1.2");
        assertThat(question.peer().identity()).isEqualTo(new PeerIdentity.Verified(List.of("mail.contoso.com")));
        assertThat(question.peer().authenticatedUser()).contains(EmailAddress.parse("erin@cpandl.com"));
        assertThat(question.recipients()).hasSize(2);
        assertThat(question.received()).containsExactly("from a ([192.0.2.1]) by b", "from c by a");
        assertThat(question.header())
                .extracting(RawField::name)
                .containsExactly("Received", "Received", "X-OriginatorOrg", "Subject");
        assertThat(question.header().get(3).value()).isEqualTo("a b");
        assertThat(question.peer().originatorOrg()).contains(DomainName.parse("contoso.com"));
    }

    @ParameterizedTest
    @CsvSource({"1.3,TLSv1.3", "TLSv1.3,TLSv1.3", "tlsv1.2,TLSv1.2", "1.0,TLSv1", "TLSv1,TLSv1", "TLSv1.1,TLSv1.1"})
    void namesTlsVersionsAsTheServerDoes(String written, String meant) throws Exception {
        QuestionForm form = form(Optional.of(written), Optional.empty());

        assertThat(form.toQuestion().peer().tls().map(TlsSession::version)).contains(meant);
    }

    @Test
    void anUnverifiedCertificateProvesNothing() throws Exception {
        QuestionForm form =
                form(Optional.of("1.3"), Optional.of(new QuestionForm.Certificate(List.of("mail.contoso.com"), false)));

        assertThat(form.toQuestion().peer().identity()).isInstanceOf(PeerIdentity.Unverified.class);
    }

    @Test
    void tellsOfEveryFlawAtOnce() {
        QuestionForm form = new QuestionForm(
                Optional.of("localhost"),
                Optional.of("1.9"),
                Optional.of(new QuestionForm.Certificate(List.of("mail contoso.com"), true)),
                Optional.of("erin"),
                Optional.empty(),
                List.of("chris@contoso.com", "david"),
                Collections.nCopies(101, "from a by b"),
                List.of("no field", "Subject: a\r\nX: b"),
                Optional.of("no domain"));

        InvalidQuestionException refused = catchThrowableOfType(InvalidQuestionException.class, form::toQuestion);

        assertThat(refused.flaws())
                .extracting(Flaw::field)
                .containsExactly(
                        "clientIp",
                        "tls",
                        "auth",
                        "certificate",
                        "from",
                        "to",
                        "received",
                        "header",
                        "header",
                        "originatorOrg");
    }

    @Test
    void refusesACertificateInClearText() {
        QuestionForm form =
                form(Optional.empty(), Optional.of(new QuestionForm.Certificate(List.of("mail.contoso.com"), true)));

        assertThatThrownBy(form::toQuestion).hasMessageContaining("certificate: cannot be presented in clear text");
    }

    @Test
    void refusesMoreRecipientsThanAMailMayHave() {
        QuestionForm form = new QuestionForm(
                Optional.of("192.0.2.1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("<>"),
                Collections.nCopies(1_001, "chris@contoso.com"),
                List.of());

        assertThatThrownBy(form::toQuestion).hasMessageContaining("at most 1000");
    }

    private static QuestionForm form(Optional<String> tls, Optional<QuestionForm.Certificate> certificate) {
        return new QuestionForm(
                Optional.of("192.0.2.1"),
                tls,
                certificate,
                Optional.empty(),
                Optional.of("chris@contoso.com"),
                List.of("david@contoso.com"),
                List.of());
    }
}
