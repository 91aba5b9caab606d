package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer.Found;
import org.mailflow.core.directory.DirectoryAnswer.NotFound;
import org.mailflow.core.directory.DirectoryAnswer.Unavailable;
import org.mailflow.core.directory.SourceAnswer;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.tls.CertificateAuthority;

/** A directory server that is away, hangs and comes back: nobody is refused for it, and nobody waits long. */
@RequiresPeer({"slapd", "ldapmodify"})
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LdapOutageTest {

    private static final EmailAddress CHRIS = EmailAddress.parse("chris@contoso.com");
    private static final EmailAddress DAVID = EmailAddress.parse("david@contoso.com");
    private static final EmailAddress NEW = EmailAddress.parse("new@contoso.com");

    private final AtomicLong later = new AtomicLong();
    private Slapd slapd;
    private LdapDirectory directory;

    @BeforeEach
    void start() throws Exception {
        slapd = Slapd.start(CertificateAuthority.create("Contoso Root"), Contoso.ENTRIES);
        directory = Ldap.at(slapd.url()).open(() -> System.nanoTime() + later.get());
    }

    @AfterEach
    void stop() throws Exception {
        directory.close();
        slapd.close();
    }

    @Test
    void aStoppedServerMakesUnknownAddressesWaitAndKnownOnesStand() throws Exception {
        assertThat(directory.find(CHRIS)).isInstanceOf(Found.class);
        assertThat(directory.find(NEW)).isEqualTo(new NotFound());
        slapd.stop();
        pass(Duration.ofMinutes(11));

        SourceAnswer known = directory.ask(CHRIS).get(0);
        assertThat(known.answer()).isInstanceOf(Found.class);
        assertThat(known.standsInFor()).isPresent();
        assertThat(known.age()).hasValueSatisfying(age -> assertThat(age).isGreaterThan(Duration.ofMinutes(10)));
        assertThat(directory.find(DAVID)).isInstanceOf(Unavailable.class);
        assertThat(directory.find(NEW)).isInstanceOf(Unavailable.class);
        assertThat(directory.probe()).isPresent();

        pass(Duration.ofHours(1));
        assertThat(directory.find(CHRIS)).isInstanceOf(Unavailable.class);

        slapd.start();
        pass(Duration.ofSeconds(6));
        assertThat(directory.find(CHRIS)).isInstanceOf(Found.class);
        assertThat(directory.find(DAVID)).isInstanceOf(Found.class);
        assertThat(directory.probe()).isEmpty();
    }

    @Test
    void aRestartBetweenTwoQuestionsIsNotNoticed() throws Exception {
        assertThat(directory.find(CHRIS)).isInstanceOf(Found.class);

        slapd.stop();
        slapd.start();

        assertThat(directory.find(DAVID)).isInstanceOf(Found.class);
    }

    @Test
    void aServerThatHangsHoldsOneQuestionForFiveSecondsAndTheNextNotAtAll() throws Exception {
        assertThat(directory.find(CHRIS)).isInstanceOf(Found.class);
        slapd.pause();

        long begin = System.nanoTime();
        assertThat(directory.find(DAVID)).isInstanceOf(Unavailable.class);
        Duration first = Duration.ofNanos(System.nanoTime() - begin);
        await().atMost(Duration.ofSeconds(20)).until(() -> directory.trouble().isPresent());
        begin = System.nanoTime();
        assertThat(directory.find(NEW)).isInstanceOf(Unavailable.class);
        Duration second = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(first).isLessThan(Duration.ofSeconds(8));
        assertThat(second).isLessThan(first);
        slapd.resume();
        await().atMost(Duration.ofSeconds(60)).until(() -> directory.find(NEW) instanceof NotFound);
    }

    @Test
    void answersAreKeptForAsLongAsTheyMay() throws Exception {
        assertThat(directory.find(NEW)).isEqualTo(new NotFound());
        assertThat(directory.find(CHRIS)).isInstanceOf(Found.class);
        slapd.modify(
                """
                dn: cn=New,ou=people,dc=contoso,dc=com
                changetype: add
                objectClass: inetOrgPerson
                cn: New
                sn: New
                mail: new@contoso.com

                dn: cn=Chris,ou=people,dc=contoso,dc=com
                changetype: delete
                """);

        assertThat(directory.find(NEW)).isEqualTo(new NotFound());
        pass(Duration.ofSeconds(31));
        assertThat(directory.find(NEW)).isInstanceOf(Found.class);
        assertThat(directory.ask(CHRIS).get(0).age()).isPresent();
        assertThat(directory.find(CHRIS)).isInstanceOf(Found.class);
        pass(Duration.ofMinutes(10));
        assertThat(directory.find(CHRIS)).isEqualTo(new NotFound());

        slapd.stop();
        pass(Duration.ofMinutes(1));
        assertThat(directory.find(CHRIS)).isInstanceOf(Unavailable.class);
    }

    @Test
    void withoutKeepingAnswersMailWaitsAtOnce() throws Exception {
        try (LdapDirectory forgetful =
                Ldap.at(slapd.url()).keepingNothing().open(() -> System.nanoTime() + later.get())) {
            assertThat(forgetful.find(CHRIS)).isInstanceOf(Found.class);
            slapd.stop();
            pass(Duration.ofMinutes(11));

            assertThat(forgetful.find(CHRIS)).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void aServerThatWasNeverThereIsUnavailable() throws Exception {
        try (LdapDirectory nowhere = Ldap.at("ldap://localhost:1").open()) {
            assertThat(nowhere.find(CHRIS)).isInstanceOf(Unavailable.class);
            assertThat(nowhere.trouble()).isPresent();
        }
    }

    private void pass(Duration time) {
        later.addAndGet(time.toNanos());
    }
}
