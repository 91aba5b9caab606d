package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.Domain;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.lib.MappingSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.SmtpDialogue;

/** Groups of a directory server, and James' own users and forwards, in a running server. */
@RequiresPeer("slapd")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class GroupsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Domain CONTOSO = Domain.of("contoso.com");
    private static final String ENTRIES =
            """
            dn: cn=Chris,dc=contoso,dc=com
            objectClass: inetOrgPerson
            cn: Chris
            sn: Chris
            mail: chris@contoso.com

            dn: cn=David,dc=contoso,dc=com
            objectClass: inetOrgPerson
            cn: David
            sn: David
            mail: david@contoso.com

            dn: cn=Mia,dc=contoso,dc=com
            objectClass: inetOrgPerson
            cn: Mia
            sn: Mia

            dn: cn=Sales,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Sales
            mail: sales@contoso.com
            member: cn=David,dc=contoso,dc=com
            member: cn=Staff,dc=contoso,dc=com

            dn: cn=Staff,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Staff
            mail: staff@contoso.com
            member: cn=Chris,dc=contoso,dc=com
            member: cn=Sales,dc=contoso,dc=com

            dn: cn=Odd,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Odd
            mail: odd@contoso.com
            member: cn=David,dc=contoso,dc=com
            member: cn=Mia,dc=contoso,dc=com
            member: cn=Gone,dc=contoso,dc=com

            dn: cn=Ping,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Ping
            mail: ping@contoso.com
            member: cn=Pong,dc=contoso,dc=com

            dn: cn=Pong,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Pong
            mail: pong@contoso.com
            member: cn=Ping,dc=contoso,dc=com

            """;

    private DirectoryGateway gateway;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        gateway = new DirectoryGateway(directory, ENTRIES, "ann@contoso.com");
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
    }

    @Test
    void everyMemberOfNestedGroupsReceivesOneCopy() throws Exception {
        TestMail mail = TestMail.of("erin@cpandl.com", "staff@contoso.com", "chris@contoso.com");

        send(mail);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recipients(mail))
                .containsExactlyInAnyOrder("chris@contoso.com", "david@contoso.com"));
        assertThat(mail.at(gateway.mailboxes())).hasSize(1);
    }

    @Test
    void aForwardOfJamesUsersKeepsItsCopy() throws Exception {
        RecipientRewriteTable table = gateway.server().part(RecipientRewriteTable.class);
        table.addForwardMapping(MappingSource.fromUser("ann", CONTOSO), "ann@contoso.com");
        table.addForwardMapping(MappingSource.fromUser("ann", CONTOSO), "david@contoso.com");
        table.addAliasMapping(MappingSource.fromUser("anna", CONTOSO), "ann@contoso.com");
        TestMail mail = TestMail.of("erin@cpandl.com", "anna@contoso.com");

        send(mail);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(recipients(mail)).containsExactly("david@contoso.com"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        gateway.server().inbox("ann@contoso.com").copiesOf(mail))
                .hasSize(1));
    }

    @Test
    void aLoopOfGroupsIsToldOfAndRefused() throws Exception {
        OfRecipient explained = gateway.server()
                .webAdmin()
                .explain(question("ping@contoso.com"))
                .recipients()
                .get(0);

        assertThat(explained.reply()).startsWith("550 5.4.1");
        assertThat(explained.steps()).last().satisfies(step -> assertThat(step.reason())
                .contains("goes on to nobody but itself"));
    }

    @Test
    void aLookUpShowsTheMembersAndWhoeverIsSkipped() throws Exception {
        CommandRun sales = gateway.server().webAdmin().command("directory", "lookup", "sales@contoso.com");
        CommandRun odd = gateway.server().webAdmin().command("directory", "lookup", "odd@contoso.com");

        assertThat(sales.exitCode()).as(sales.err()).isZero();
        assertThat(sales.out())
                .contains("ldap corp: found")
                .containsSubsequence(
                        "members", "david@contoso.com", "staff@contoso.com", "goes on to", "chris@contoso.com")
                .doesNotContain("skipped");
        assertThat(odd.out())
                .containsSubsequence("members", "david@contoso.com", "skipped", "cn=Mia", "has no address", "cn=Gone");
    }

    @Test
    void anAliasOfNobodyIsRefusedAsNobodyIs() throws Exception {
        RecipientRewriteTable table = gateway.server().part(RecipientRewriteTable.class);
        table.addAliasMapping(MappingSource.fromUser("typo", CONTOSO), "nobody@contoso.com");
        table.addAliasMapping(MappingSource.fromUser("boss", CONTOSO), "chris@contoso.com");

        try (SmtpDialogue smtp = gateway.server().connect("127.0.0.9")) {
            smtp.send("MAIL FROM:<erin@cpandl.com>").expect("250");
            smtp.send("RCPT TO:<typo@contoso.com>").expect("550 5.4.1");
            smtp.send("RCPT TO:<boss@contoso.com>").expect("250");
        }
        OfRecipient explained = gateway.server()
                .webAdmin()
                .explain(question("typo@contoso.com"))
                .recipients()
                .get(0);
        assertThat(explained.reply()).startsWith("550 5.4.1");
    }

    @Test
    void explainNamesEveryMemberAndTheWayToHim() throws Exception {
        OfRecipient explained = gateway.server()
                .webAdmin()
                .explain(question("staff@contoso.com"))
                .recipients()
                .get(0);

        assertThat(explained.route()).contains("expanded");
        assertThat(explained.members())
                .extracting(OfRecipient::recipient)
                .containsExactly("chris@contoso.com", "david@contoso.com");
        assertThat(explained.members().get(1).steps().get(0).reason())
                .startsWith("through staff@contoso.com > sales@contoso.com: ");
    }

    private static QuestionForm question(String recipient) {
        return new QuestionForm(
                Optional.of("127.0.0.9"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("erin@cpandl.com"),
                List.of(recipient),
                List.of());
    }

    private void send(TestMail mail) throws Exception {
        try (SmtpDialogue smtp = gateway.server().connect("127.0.0.9")) {
            assertThat(mail.sendIn(smtp).code()).isEqualTo(250);
        }
    }

    private List<String> recipients(TestMail mail) {
        return mail.at(gateway.mailboxes())
                .flatMap(received -> received.recipientAddresses().stream())
                .toList();
    }
}
