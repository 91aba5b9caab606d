package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.DirectoryAnswer.Found;
import org.mailflow.core.directory.DirectoryAnswer.NotFound;
import org.mailflow.core.directory.DirectoryAnswer.Unavailable;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.testing.james.EveryDomain;

/** What James' users and each kind of mapping in its table mean. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class JamesUsersDirectoryTest {

    private static final Domain CONTOSO = Domain.of("contoso.com");
    private static final Domain OLD = Domain.of("old.contoso.com");

    private final MemoryRecipientRewriteTable table = new MemoryRecipientRewriteTable();
    private final JamesUsersDirectory directory = new JamesUsersDirectory(new LookupMeter());
    private MemoryUsersRepository users;

    @BeforeEach
    void prepare() throws Exception {
        DomainList domains = new EveryDomain();
        users = MemoryUsersRepository.withVirtualHosting(domains);
        users.addUser(Username.of("chris@contoso.com"), "secret");
        users.addUser(Username.of("david@contoso.com"), "secret");
        table.setDomainList(domains);
        table.setUsersRepository(users);
        table.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        directory.connect(() -> users, () -> table);
    }

    @Test
    void aUserIsFoundAndNobodyElse() {
        assertThat(find("Chris@contoso.com")).isEqualTo(found("chris@contoso.com"));
        assertThat(find("nobody@contoso.com")).isEqualTo(new NotFound());
    }

    @Test
    void anAliasIsAFurtherAddressOfItsUser() throws Exception {
        table.addAliasMapping(source("info"), "chris@contoso.com");

        assertThat(find("info@contoso.com")).isEqualTo(found("chris@contoso.com", "info@contoso.com"));
    }

    @Test
    void aDomainAliasIsAFurtherAddressOfItsUser() throws Exception {
        table.addDomainAliasMapping(MappingSource.fromDomain(OLD), CONTOSO);

        assertThat(find("chris@old.contoso.com")).isEqualTo(found("chris@contoso.com", "chris@old.contoso.com"));
    }

    @Test
    void aDomainAliasOfNoUserLeadsOnForAnotherSourceToTell() throws Exception {
        table.addDomainAliasMapping(MappingSource.fromDomain(OLD), CONTOSO);

        DirectoryAnswer answer = find("nobody@old.contoso.com");

        assertThat(answer).isEqualTo(expanded("nobody@old.contoso.com", "nobody@contoso.com"));
        assertThat(find("nobody@contoso.com")).isEqualTo(new NotFound());
    }

    @Test
    void aMappingThatDoesNotFitIsAsGoodAsNone() throws Exception {
        table.addRegexMapping(MappingSource.fromDomain(CONTOSO), "sales-(.*)@contoso\\.com:chris@contoso.com");

        assertThat(find("chris@contoso.com")).isEqualTo(found("chris@contoso.com"));
        assertThat(find("nobody@contoso.com")).isEqualTo(new NotFound());
        assertThat(find("sales-emea@contoso.com")).isEqualTo(found("chris@contoso.com", "sales-emea@contoso.com"));
    }

    @Test
    void aGroupGoesOnToItsMembers() throws Exception {
        table.addGroupMapping(source("staff"), "chris@contoso.com");
        table.addGroupMapping(source("staff"), "erin@cpandl.com");

        assertThat(find("staff@contoso.com"))
                .isEqualTo(expanded("staff@contoso.com", "chris@contoso.com", "erin@cpandl.com"));
    }

    @Test
    void aForwardKeepsACopyWhereItNamesTheUserToo() throws Exception {
        table.addForwardMapping(source("chris"), "erin@cpandl.com");
        assertThat(find("chris@contoso.com")).isEqualTo(expanded("chris@contoso.com", "erin@cpandl.com"));

        table.addForwardMapping(source("chris"), "chris@contoso.com");

        Recipient both = ((Found) find("chris@contoso.com")).recipient();
        assertThat(both.expansion().orElseThrow().members())
                .containsExactlyInAnyOrder(address("chris@contoso.com"), address("erin@cpandl.com"));
    }

    @Test
    void anErrorMappingMakesAnAddressNobodys() throws Exception {
        table.addErrorMapping(source("gone"), "554 this mailbox has moved");

        assertThat(find("gone@contoso.com")).isEqualTo(new NotFound());
    }

    @Test
    void anAliasMayLeadOutOfJames() throws Exception {
        table.addAliasMapping(source("ops"), "ops@ldap.contoso.com");

        assertThat(find("ops@contoso.com")).isEqualTo(expanded("ops@contoso.com", "ops@ldap.contoso.com"));
    }

    @Test
    void aLoopOfAliasesEnds() throws Exception {
        table.addMapping(source("a"), Mapping.alias("b@contoso.com"));
        table.addMapping(source("b"), Mapping.alias("a@contoso.com"));

        assertThat(((Found) find("a@contoso.com")).recipient().expansion())
                .map(Expansion::members)
                .contains(List.of(address("b@contoso.com")));
    }

    @Test
    void aStoreThatFailsIsUnavailable() {
        directory.connect(
                () -> {
                    throw new IllegalStateException("the database is down");
                },
                () -> table);

        assertThat(find("chris@contoso.com"))
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains("the database is down"));
        assertThat(new JamesUsersDirectory(new LookupMeter()).find(address("chris@contoso.com")))
                .isInstanceOf(Unavailable.class);
    }

    private DirectoryAnswer find(String asked) {
        return directory.find(address(asked));
    }

    private static MappingSource source(String user) {
        return MappingSource.fromUser(user, CONTOSO);
    }

    private static DirectoryAnswer found(String primary, String... proxies) {
        return new Found(new Recipient(
                address(primary),
                Optional.empty(),
                List.of(proxies).stream().map(JamesUsersDirectoryTest::address).toList()));
    }

    private static DirectoryAnswer expanded(String primary, String... members) {
        return new Found(Recipient.expandedTo(
                address(primary),
                List.of(),
                new Expansion(List.of(members).stream()
                        .map(JamesUsersDirectoryTest::address)
                        .toList())));
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text);
    }
}
