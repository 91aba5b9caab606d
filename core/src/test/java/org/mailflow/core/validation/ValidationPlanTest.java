package org.mailflow.core.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ValidationPlanTest {

    private static final String XML =
            """
            <mailflow>
              <server><fqdn>mail.contoso.com</fqdn></server>
              <organization name="contoso" premises="onPremises">
                <acceptedDomain name="shared.contoso.com" type="internalRelay"/>
                <acceptedDomain name="contoso.com"/>
                <recipients><file>recipients.csv</file></recipients>
                <outboundConnector name="Hosts">
                  <connectorType>partner</connectorType>
                  <recipientDomains>fabrikam.com, *.fabrikam.com</recipientDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>mail.fabrikam.com, [192.0.2.1]:2525</smartHosts>
                  <validationRecipients>bob@fabrikam.com</validationRecipients>
                  <fqdn>out.contoso.com</fqdn>
                </outboundConnector>
                <outboundConnector name="Disabled">
                  <connectorType>onPremises</connectorType>
                  <enabled>false</enabled>
                  <allAcceptedDomains>true</allAcceptedDomains>
                  <useMXRecord>false</useMXRecord>
                  <smartHosts>inside.contoso.com</smartHosts>
                </outboundConnector>
                <outboundConnector name="MX">
                  <connectorType>partner</connectorType>
                  <recipientDomains>adatum.test, wingtip.test, *.test</recipientDomains>
                </outboundConnector>
                <outboundConnector name="Any">
                  <connectorType>partner</connectorType>
                  <recipientDomains>*</recipientDomains>
                </outboundConnector>
              </organization>
            </mailflow>
            """;

    private Mailflow mailflow;

    @BeforeEach
    void read(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("recipients.csv"), "primaryAddress\nchris@contoso.com\n");
        Path file = Files.writeString(directory.resolve("mailflow.xml"), XML);
        Configuration configuration = MailflowXml.read(file, 1);
        assertThat(configuration.errors()).isEmpty();
        mailflow = configuration.mailflow().orElseThrow();
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Hosts    |                                  | mail.fabrikam.com: bob@fabrikam.com; [192.0.2.1]:2525: bob@fabrikam.com | 0",
                "Hosts    | ann@sales.fabrikam.com           | mail.fabrikam.com: ann@sales.fabrikam.com; [192.0.2.1]:2525: ann@sales.fabrikam.com | 0",
                "Hosts    | ann@elsewhere.test               | mail.fabrikam.com: ann@elsewhere.test; [192.0.2.1]:2525: ann@elsewhere.test | 1",
                "Disabled |                                  | inside.contoso.com:  | 1",
                "Disabled | chris@contoso.com                | inside.contoso.com: chris@contoso.com | 0",
                "MX       |                                  | adatum.test: ; wingtip.test:  | 1",
                "MX       | a@x.test b@y.test c@x.test       | x.test: a@x.test c@x.test; y.test: b@y.test | 0",
                "Any      | a@x.test                         | x.test: a@x.test | 0"
            })
    void asksTheHostsThatMailWouldGoTo(String connector, String recipients, String targets, int notes)
            throws Exception {
        ValidationPlan plan = plan(connector, wish(recipients, null, false));

        assertThat(plan.targets().stream()
                        .map(target -> target + ": "
                                + target.recipients().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining("; ")))
                .isEqualToIgnoringWhitespace(targets);
        assertThat(plan.notes()).hasSize(notes);
    }

    @ParameterizedTest
    @CsvSource({
        "Any, , , false, 'the MX hosts of the recipient''s domain: name a recipient, or set validationRecipients'",
        "Disabled, chris@contoso.com, , true, set enabled to true",
        "Any, , , true, there is nobody to send a mail to",
        "Hosts, bob, , false, 'write it like chris@contoso.com'",
        "Hosts, bob@fabrikam.com, me, false, 'write it like chris@contoso.com'"
    })
    void refusesWhatMakesNoSense(String connector, String recipients, String sender, boolean send, String text) {
        assertThatThrownBy(() -> plan(connector, wish(recipients, sender, send)))
                .isInstanceOf(ValidationPlan.Refused.class)
                .hasMessageContaining(text);
    }

    @Test
    void speaksInTheNameOfThePostmasterUnlessItIsTold() throws Exception {
        ValidationPlan usual = plan("Hosts", ValidationWish.usual());
        ValidationPlan told = plan("Hosts", wish(null, "chris@contoso.com", false));
        ValidationPlan nobody = plan("Hosts", wish(null, "<>", false));

        assertThat(usual.sender().map(Object::toString)).contains("postmaster@contoso.com");
        assertThat(usual.heloName()).isEqualTo("out.contoso.com");
        assertThat(told.sender().map(Object::toString)).contains("chris@contoso.com");
        assertThat(nobody.sender()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "contoso/hosts, contoso/Hosts",
        "ANY, contoso/Any",
        "Shared, ",
        "adatum/Shared, adatum/Shared",
        "Nobody, "
    })
    void findsAConnectorByItsNameWhereThatIsOneConnectors(String written, String found) {
        List<String> names = List.of("contoso/Hosts", "contoso/Any", "contoso/Shared", "adatum/Shared");

        assertThat(ConnectorName.find(names, written)).isEqualTo(Optional.ofNullable(found));
    }

    private ValidationPlan plan(String connector, ValidationWish wish) throws ValidationPlan.Refused {
        Organization contoso = mailflow.organization("contoso").orElseThrow();
        return ValidationPlan.of(
                mailflow, contoso, contoso.outboundConnectors().named(connector).orElseThrow(), wish);
    }

    private static ValidationWish wish(@Nullable String recipients, @Nullable String sender, boolean send) {
        return new ValidationWish(
                Stream.ofNullable(recipients)
                        .flatMap(written -> Stream.of(written.split(" ")))
                        .toList(),
                Optional.ofNullable(sender),
                Optional.of(send),
                Optional.empty(),
                Optional.empty());
    }
}
