package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Location;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.model.AcceptedDomain;
import org.mailflow.core.model.AcceptedDomainType;
import org.mailflow.core.model.ConnectorSelectionOrder;
import org.mailflow.core.model.Hybrid;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnectors;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.ServerSettings;

class HopLimitTest {

    private static final Location ANYWHERE = new Location("mailflow.xml", 1, 1);
    private static final Mailflow MAILFLOW = new Mailflow(
            1,
            new ServerSettings("mx.example", new IpList(List.of()), new IpList(List.of()), List.of(), Set.of()),
            List.of(organization("here", Premises.ON_PREMISES), organization("there", Premises.CLOUD)));

    private static Organization organization(String name, Premises premises) {
        return new Organization(
                name,
                premises,
                List.of(new AcceptedDomain(
                        DomainName.parse(name + ".example"), AcceptedDomainType.AUTHORITATIVE, false, ANYWHERE)),
                RecipientDirectory.empty(),
                List.of(),
                new OutboundConnectors(List.of(), ConnectorSelectionOrder.SPECIFICITY),
                new Hybrid(Optional.empty(), ANYWHERE),
                false,
                false,
                ANYWHERE);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // organization, recipient, hops, answer
                "here,  v@else.example,  30, -",
                "here,  v@else.example,  31, 5.4.6",
                "there, v@else.example,  20, -",
                "there, v@else.example,  21, 5.4.14",
                "there, v@here.example,  21, 5.4.14",
                "-,     v@here.example,  21, -",
                "-,     v@here.example,  31, 5.4.6",
                "-,     v@there.example, 20, -",
                "-,     v@there.example, 21, 5.4.14",
                "-,     v@else.example,  30, -",
                "-,     v@else.example,  31, 5.4.6",
                "gone,  v@there.example, 21, 5.4.14",
                "here,  v@else.example,  0,  -",
            })
    void endsALoopWhereThePremisesSay(String organization, String recipient, int hops, String status) {
        Optional<HopLimit.Exceeded> exceeded = HopLimit.judge(
                MAILFLOW, Optional.ofNullable(organization), List.of(EmailAddress.parse(recipient)), trace(hops));

        assertThat(exceeded.map(loop -> loop.reply().enhancedStatus())).isEqualTo(Optional.ofNullable(status));
        assertThat(exceeded.map(loop -> loop.reply().code()).orElse(554)).isEqualTo(554);
    }

    @Test
    void theOrganizationMaySetItsOwnLimit(@TempDir Path directory) throws IOException {
        Mailflow mailflow = Written.mailflow(
                directory,
                """
                <mailflow><server><fqdn>mx.contoso.com</fqdn></server>
                  <organization name="contoso" premises="onPremises">
                    <maxHopCount>5</maxHopCount>
                    <acceptedDomain name="contoso.com" type="authoritative"/>
                  </organization>
                </mailflow>
                """);

        assertThat(judge(mailflow, trace(5))).isEmpty();
        assertThat(judge(mailflow, trace(6)).orElseThrow().reply()).isEqualTo(Reply.HOP_COUNT_EXCEEDED);
    }

    @Test
    void theReasonNamesTheConnectorsByWhichTheMailWasHere() {
        HopLimit.Trace trace = new HopLimit.Trace(
                31, List.of(Optional.of("From the cloud"), Optional.empty(), Optional.of("From the cloud")));

        assertThat(judge(MAILFLOW, trace).orElseThrow().reason().text())
                .isEqualTo(
                        "the mail took 31 hops, and 30 are allowed on-premises. Its Received headers say that it was "
                                + "here before: 2 times by inbound connector 'From the cloud', 1 times without a connector");
    }

    private static Optional<HopLimit.Exceeded> judge(Mailflow mailflow, HopLimit.Trace trace) {
        return HopLimit.judge(mailflow, Optional.empty(), List.of(EmailAddress.parse("v@contoso.com")), trace);
    }

    private static HopLimit.Trace trace(int hops) {
        return new HopLimit.Trace(hops, List.of());
    }
}
