package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer.Found;
import org.mailflow.core.directory.Expansion;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.tls.CertificateAuthority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group of thousands is read whole, and keeps nobody waiting who asks for something else. */
@RequiresPeer("slapd")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class BigGroupTest {

    private static final Logger LOGGER = LoggerFactory.getLogger(BigGroupTest.class);
    private static final int MEMBERS = 2_000;
    private static final EmailAddress ALL = EmailAddress.parse("all@contoso.com");

    private Slapd slapd;

    @BeforeAll
    void startServer() throws Exception {
        slapd = Slapd.start(
                CertificateAuthority.create("Contoso Root"),
                Contoso.ENTRIES
                        + IntStream.range(0, MEMBERS)
                                .mapToObj(BigGroupTest::entry)
                                .collect(Collectors.joining())
                        + group("all", MEMBERS)
                        + IntStream.range(0, 8)
                                .mapToObj(i -> group("copy" + i, MEMBERS))
                                .collect(Collectors.joining()));
    }

    @AfterAll
    void stopServer() throws Exception {
        slapd.close();
    }

    @Test
    void isReadWhole() {
        try (LdapDirectory directory = Ldap.at(slapd.url()).open()) {
            long begin = System.nanoTime();
            await().atMost(Duration.ofSeconds(60)).until(() -> directory.find(ALL) instanceof Found);
            LOGGER.info("{} members in {} ms", MEMBERS, (System.nanoTime() - begin) / 1_000_000);

            Expansion expansion =
                    ((Found) directory.find(ALL)).recipient().expansion().orElseThrow();
            assertThat(expansion.members()).hasSize(MEMBERS);
            assertThat(expansion.skipped()).isEmpty();
        }
    }

    @Test
    void manyOfThemKeepNobodyWaitingWhoAsksForAnAddress() throws Exception {
        try (LdapDirectory directory = Ldap.at(slapd.url()).connections(2).open()) {
            Thread[] askers = IntStream.range(0, 8)
                    .mapToObj(i -> new Thread(() -> directory.find(EmailAddress.parse("copy" + i + "@contoso.com"))))
                    .toArray(Thread[]::new);
            for (Thread asker : askers) {
                asker.start();
            }

            assertThat(directory.find(EmailAddress.parse("chris@contoso.com"))).isInstanceOf(Found.class);
            assertThat(directory.find(EmailAddress.parse("user7@contoso.com"))).isInstanceOf(Found.class);

            for (Thread asker : askers) {
                asker.join();
            }
            for (int i = 0; i < askers.length; i++) {
                EmailAddress group = EmailAddress.parse("copy" + i + "@contoso.com");
                await().atMost(Duration.ofSeconds(60)).until(() -> directory.find(group) instanceof Found);
            }
            assertThat(directory.trouble()).isEmpty();
        }
    }

    private static String entry(int number) {
        return """
                dn: cn=User %1$d,ou=people,dc=contoso,dc=com
                objectClass: inetOrgPerson
                cn: User %1$d
                sn: %1$d
                mail: user%1$d@contoso.com

                """
                .formatted(number);
    }

    private static String group(String name, int members) {
        return IntStream.range(0, members)
                .mapToObj(i -> "member: cn=User " + i + ",ou=people,dc=contoso,dc=com\n")
                .collect(Collectors.joining(
                        "",
                        """
                        dn: cn=%1$s,ou=groups,dc=contoso,dc=com
                        objectClass: group
                        objectClass: mailRecipient
                        cn: %1$s
                        mail: %1$s@contoso.com
                        """
                                .formatted(name),
                        "\n"));
    }
}
