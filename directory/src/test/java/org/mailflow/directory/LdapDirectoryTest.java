package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.DirectoryAnswer.Found;
import org.mailflow.core.directory.DirectoryAnswer.NotFound;
import org.mailflow.core.directory.DirectoryAnswer.Unavailable;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.tls.CertificateAuthority;

/** What a real directory server's entries mean, over every kind of connection. */
@RequiresPeer({"slapd", "ldapmodify"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LdapDirectoryTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Contoso Root");

    private Slapd slapd;

    @BeforeAll
    void startServer() throws Exception {
        slapd = Slapd.start(AUTHORITY, Contoso.ENTRIES);
    }

    @AfterAll
    void stopServer() throws Exception {
        slapd.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chris@contoso.com", "CHRIS@CONTOSO.COM", "info@contoso.com"})
    void anyAddressOfAnEntryFindsItsRecipient(String asked) {
        assertThat(find(Ldap.at(slapd.url()), asked))
                .isEqualTo(new Found(new Recipient(
                        address("chris@contoso.com"), Optional.empty(), List.of(address("info@contoso.com")))));
    }

    @ParameterizedTest
    @CsvSource({
        "david@contoso.com, david@contoso.mail.onmicrosoft.com",
        "david@contoso.mail.onmicrosoft.com, david@contoso.mail.onmicrosoft.com"
    })
    void aTargetAddressIsWhereMailGoes(String asked, String target) {
        assertThat(found(Ldap.at(slapd.url()), asked).targetAddress()).contains(address(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody@contoso.com",
                "*@contoso.com",
                "chris*@contoso.com",
                "\"chris)(mail=*\"@contoso.com",
                "\"*)(objectClass=*\"@contoso.com"
            })
    void whatNoEntryHasIsNotFoundWhateverItLooksLike(String asked) {
        assertThat(find(Ldap.at(slapd.url()), asked)).isEqualTo(new NotFound());
        assertThat(find(Ldap.at(slapd.url()).filter("(&(objectClass=person)(mail={address}))"), asked))
                .isEqualTo(new NotFound());
    }

    @Test
    void otherKindsOfAddressesAreNone() {
        assertThat(find(Ldap.at(slapd.url()), "chris@sip.contoso.com")).isEqualTo(new NotFound());
    }

    @Test
    void twoEntriesOfAnAddressAreNoAnswer() {
        assertThat(find(Ldap.at(slapd.url()), "twin@contoso.com"))
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains("several entries have twin@contoso.com")
                        .contains("cn=Twin 1")
                        .contains("cn=Twin 2"));
    }

    @Test
    void aTargetThatIsNoMailAddressIsNoAnswer() {
        assertThat(find(Ldap.at(slapd.url()), "fax@contoso.com"))
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains("FAX:+1 555 0100"));
    }

    @Test
    void aGroupHasTheMembersOfGroupsWithoutAddressesAndNotItself() {
        assertThat(found(Ldap.at(slapd.url()), "everybody@contoso.com"))
                .isEqualTo(Recipient.expandedTo(
                        address("staff@contoso.com"),
                        List.of(address("everybody@contoso.com")),
                        new Expansion(
                                List.of(
                                        address("chris@contoso.com"),
                                        address("sales@contoso.com"),
                                        address("plain@contoso.com")),
                                List.of(
                                        "cn=Nobody,ou=people,dc=contoso,dc=com: has no address",
                                        "cn=Gone,ou=people,dc=contoso,dc=com: is not there, or must not be read"))));
        assertThat(found(Ldap.at(slapd.url()), "empty@contoso.com").expansion()).contains(new Expansion(List.of()));
    }

    @Test
    void aMemberHasAnAddressWhereverItIsWritten() {
        Expansion odd =
                found(Ldap.at(slapd.url()), "odd@contoso.com").expansion().orElseThrow();

        assertThat(odd.members()).containsExactly(address("erin@cpandl.com"), address("proxied@contoso.com"));
        assertThat(odd.skipped())
                .containsExactly(
                        "cn=Nobody,ou=people,dc=contoso,dc=com: has no address",
                        "cn=Gone,ou=people,dc=contoso,dc=com: is not there, or must not be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p.smith@contoso.com", "Paula.Smith@Contoso.com", "paula@contoso.com"})
    void furtherAddressesMayBePlain(String asked) {
        assertThat(find(Ldap.at(slapd.url()).proxyAddresses("mailAlternateAddress"), asked))
                .isEqualTo(new Found(new Recipient(
                        address("paula@contoso.com"),
                        Optional.empty(),
                        List.of(address("p.smith@contoso.com"), address("paula.smith@contoso.com")))));
        assertThat(found(Ldap.at(slapd.url()), "paula@alias.contoso.com").primaryAddress())
                .isEqualTo(address("paula@contoso.com"));
    }

    @Test
    void aGroupIsOneRecipientWhereItIsNotExpandedHere() {
        assertThat(found(Ldap.at(slapd.url()).unexpanded(), "sales@contoso.com").expansion())
                .isEmpty();
    }

    @Test
    void mailboxesMayBeOnTheOtherPremises() {
        Ldap ldap = Ldap.at(slapd.url()).onOtherPremises();

        assertThat(found(ldap, "info@contoso.com").targetAddress()).contains(address("chris@contoso.com"));
        assertThat(found(ldap, "david@contoso.com").targetAddress())
                .contains(address("david@contoso.mail.onmicrosoft.com"));
    }

    @Test
    void aFilterOfOnesOwnDecidesWhoIsFound() {
        Ldap ldap = Ldap.at(slapd.url()).filter("(&(objectClass=inetOrgPerson)(uid={localPart}))");

        assertThat(found(ldap, "plain@contoso.com").primaryAddress()).isEqualTo(address("plain@contoso.com"));
        assertThat(find(ldap, "chris@contoso.com")).isEqualTo(new NotFound());
    }

    @Test
    void startTlsAndLdapsServeWithAPassword() {
        Ldap startTls = Ldap.at(slapd.url())
                .startTls()
                .trusting(AUTHORITY.certificate())
                .as(Slapd.ADMIN_DN, Slapd.ADMIN_PASSWORD);
        Ldap ldaps =
                Ldap.at(slapd.secureUrl()).trusting(AUTHORITY.certificate()).as(Slapd.ADMIN_DN, Slapd.ADMIN_PASSWORD);

        assertThat(find(startTls, "chris@contoso.com")).isInstanceOf(Found.class);
        assertThat(find(ldaps, "chris@contoso.com")).isInstanceOf(Found.class);
    }

    @Test
    void aServerThatIsNotTrustedIsNotAsked() {
        CertificateAuthority stranger = CertificateAuthority.create("Stranger");

        assertUnavailable(Ldap.at(slapd.secureUrl()).trusting(stranger.certificate()), "certif");
        assertUnavailable(Ldap.at(slapd.url()).startTls().trusting(stranger.certificate()), "certif");
        assertUnavailable(Ldap.at(slapd.secureUrl()), "");
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        Ldap byAddress =
                Ldap.at(slapd.secureUrl().replace("localhost", "127.0.0.1")).trusting(AUTHORITY.certificate());
        Ldap startTls = Ldap.at(slapd.url().replace("localhost", "127.0.0.1"))
                .startTls()
                .trusting(AUTHORITY.certificate());

        assertUnavailable(byAddress, "is not for 127.0.0.1");
        assertUnavailable(startTls, "is not for 127.0.0.1");
    }

    @Test
    void aWrongPasswordMakesMailWaitAndIsNotShown() {
        DirectoryAnswer answer = find(Ldap.at(slapd.url()).as(Slapd.ADMIN_DN, "guessed-wrong"), "chris@contoso.com");

        assertThat(answer).isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                .contains("invalid credentials")
                .doesNotContain("guessed-wrong"));
    }

    @Test
    void theNextServerIsAskedWhereOneIsNotThere() {
        assertThat(find(Ldap.at("ldap://localhost:1", slapd.url()), "chris@contoso.com"))
                .isInstanceOf(Found.class);
    }

    private static void assertUnavailable(Ldap ldap, String reason) {
        assertThat(find(ldap, "chris@contoso.com"))
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains(reason));
    }

    private static Recipient found(Ldap ldap, String asked) {
        return ((Found) find(ldap, asked)).recipient();
    }

    private static DirectoryAnswer find(Ldap ldap, String asked) {
        try (LdapDirectory directory = ldap.open()) {
            return directory.find(address(asked));
        }
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text);
    }
}
