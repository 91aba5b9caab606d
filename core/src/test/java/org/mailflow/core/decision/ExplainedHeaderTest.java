package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.Explanation.Step;
import org.mailflow.core.explain.InvalidQuestionException;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.explain.QuestionForm.Certificate;
import org.mailflow.core.model.Mailflow;

/** What explain reads in the header of a mail, as the server does. */
class ExplainedHeaderTest {

    private static final Instant NOW = Instant.parse("2026-11-28T06:00:00Z");
    private static final String INTERNAL = "X-MS-Exchange-CrossPremises-AuthAs: Internal";

    private final Mailflow mailflow;

    ExplainedHeaderTest(@TempDir Path directory) throws IOException, InvalidConfigurationException {
        mailflow = Written.mailflow(
                directory,
                """
                <mailflow>
                  <server><fqdn>cloud.contoso.com</fqdn></server>
                  <organization name="contoso" premises="cloud">
                    <acceptedDomain name="contoso.com" type="internalRelay"/>
                    <inboundConnector name="From on-premises">
                      <connectorType>onPremises</connectorType>
                      <senderDomains>*</senderDomains>
                      <tlsSenderCertificateName>mail.contoso.com</tlsSenderCertificateName>
                      <cloudServicesMailEnabled>true</cloudServicesMailEnabled>
                    </inboundConnector>
                    <inboundConnector name="From a shared service">
                      <connectorType>onPremises</connectorType>
                      <senderDomains>contoso.com</senderDomains>
                      <senderIPAddresses>198.51.100.7</senderIPAddresses>
                    </inboundConnector>
                    <outboundConnector name="To on-premises">
                      <connectorType>onPremises</connectorType>
                      <recipientDomains>contoso.com</recipientDomains>
                      <useMXRecord>false</useMXRecord>
                      <smartHosts>mail.contoso.com</smartHosts>
                      <tlsSettings>domainValidation</tlsSettings>
                      <tlsDomain>mail.contoso.com</tlsDomain>
                    </outboundConnector>
                  </organization>
                </mailflow>
                """);
    }

    @Test
    void theOtherPremisesIsAskedWhoseMailItIs() throws Exception {
        OfRecipient internal = explain("mail.contoso.com", Optional.empty(), INTERNAL);
        OfRecipient unsaid = explain("mail.contoso.com", Optional.empty(), "Subject: hello");

        assertThat(step(internal, "other premises").answer()).isEqualTo("believed");
        assertThat(step(internal, "scope").answer()).isEqualTo("internal");
        assertThat(step(unsaid, "scope").answer()).isEqualTo("external");
    }

    @Test
    void aForeignOrganizationIsNotBelieved() throws Exception {
        OfRecipient byParameter = explain("mail.contoso.com", Optional.of("fabrikam.com"), INTERNAL);
        OfRecipient byHeader = explain("mail.contoso.com", Optional.empty(), INTERNAL, "X-OriginatorOrg: fabrikam.com");

        assertThat(step(byHeader, "other premises").answer()).isEqualTo("not believed");
        assertThat(step(byHeader, "other premises").reason()).contains("fabrikam.com");
        assertThat(step(byHeader, "scope").answer()).isEqualTo("external");
        assertThat(byParameter.steps()).noneMatch(step -> step.answer().equals("internal"));
    }

    @Test
    void anotherCustomerOfASharedServiceIsRefused() throws Exception {
        QuestionForm form = new QuestionForm(
                Optional.of("198.51.100.7"),
                Optional.of("1.3"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("chris@contoso.com"),
                List.of("erin@cpandl.com"),
                List.of(),
                List.of("X-OriginatorOrg: fabrikam.com"),
                Optional.empty());

        OfRecipient foreign =
                Explainer.explain(mailflow, form.toQuestion(), NOW).recipients().get(0);

        assertThat(foreign.reply()).isEqualTo(Reply.TENANT_ATTRIBUTION.toString());
        assertThat(step(foreign, "end of DATA").reason()).contains("fabrikam.com (X-OriginatorOrg)");
    }

    @Test
    void aMailOfSeveralAuthorsIsRefusedInTheCloud() throws Exception {
        OfRecipient refused = explain("mail.fabrikam.com", Optional.empty(), "From: a@x.example", "From: b@x.example");

        assertThat(step(refused, "end of DATA").answer()).contains("5.7.512");
    }

    @Test
    void nobodyElseIsAsked() throws Exception {
        OfRecipient stranger = explain("mail.fabrikam.com", Optional.empty(), INTERNAL);

        assertThat(stranger.steps()).noneMatch(step -> step.question().equals("other premises"));
        assertThat(step(stranger, "scope").answer()).isEqualTo("external");
    }

    @Test
    void tooManyHopsAreRefused() throws Exception {
        List<String> hops = Collections.nCopies(21, "Received: from a by b");

        OfRecipient looping = explain("mail.contoso.com", Optional.empty(), hops.toArray(String[]::new));
        OfRecipient usual = explain(
                "mail.contoso.com", Optional.empty(), hops.subList(1, 21).toArray(String[]::new));

        assertThat(looping.accepted()).isFalse();
        assertThat(looping.reply()).isEqualTo(Reply.HOP_COUNT_EXCEEDED_IN_CLOUD.toString());
        assertThat(step(looping, "hop limit").reason()).contains("21 hops, and 20 are allowed in the cloud");
        assertThat(usual.accepted()).isTrue();
    }

    @Test
    void aMailThatBearsTheMarkOfAnEarlierVisitIsALoop() throws Exception {
        List<String> header = new ArrayList<>(List.of("Message-ID: <1@cpandl.com>"));
        OfRecipient first = explain("mail.contoso.com", Optional.empty(), header.toArray(String[]::new));
        header.add(0, mark());

        OfRecipient again = explain("mail.contoso.com", Optional.empty(), header.toArray(String[]::new));

        assertThat(first.route()).contains("connector contoso/To on-premises");
        assertThat(again.route()).contains("mail loop");
        assertThat(step(again, "route").reason()).contains("a loop is closed");
    }

    /** As the server writes it on the mail when it leaves for the first time. */
    private String mark() {
        LoopHeader header = LoopHeader.of(List.of(Map.entry("Message-ID", "<1@cpandl.com>")));
        return String.join(
                "\r\n",
                Router.plan(
                                mailflow,
                                Optional.empty(),
                                Optional.empty(),
                                List.of(EmailAddress.parse("nobody@contoso.com")),
                                Contacts.NONE,
                                LoopMarks.none(mailflow, header))
                        .groups()
                        .get(0)
                        .loopMark());
    }

    private OfRecipient explain(String certificate, Optional<String> originatorOrg, String... header)
            throws InvalidQuestionException {
        QuestionForm form = new QuestionForm(
                Optional.of("192.0.2.1"),
                Optional.of("1.3"),
                Optional.of(new Certificate(List.of(certificate), true)),
                Optional.empty(),
                Optional.of("erin@cpandl.com"),
                List.of("nobody@contoso.com"),
                List.of(),
                List.of(header),
                originatorOrg);
        return Explainer.explain(mailflow, form.toQuestion(), NOW).recipients().get(0);
    }

    private static Step step(OfRecipient recipient, String question) {
        return recipient.steps().stream()
                .filter(step -> step.question().equals(question))
                .findFirst()
                .orElseThrow(() -> new AssertionError(question + " is not in " + recipient.steps()));
    }
}
