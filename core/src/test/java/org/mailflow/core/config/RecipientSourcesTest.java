package org.mailflow.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.LdapFilter;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.LdapUrl;
import org.mailflow.core.directory.RecipientSource;
import org.mailflow.core.directory.SourceAnswer;

/** What may be written in the element recipients, and what comes of it. */
class RecipientSourcesTest {

    private static final EmailAddress CHRIS = EmailAddress.parse("chris@contoso.com");
    private static final String MINIMAL = "<url>ldaps://dc1.contoso.com</url><baseDn>dc=contoso,dc=com</baseDn>";

    private final Path folder;
    private final List<RecipientSource> opened = new ArrayList<>();

    RecipientSourcesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void sourcesAreAskedInTheOrderWritten() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "primaryAddress\nchris@contoso.com\n");

        Configuration read = read("<ldap name=\"one\">" + MINIMAL
                + "</ldap><jamesUsers/><file>a.csv</file><ldap name=\"two\">" + MINIMAL + "</ldap>");

        assertThat(read.problems()).isEmpty();
        assertThat(opened).extracting(RecipientSource::title).containsExactly("ldap one", "jamesUsers", "ldap two");
        assertThat(read.mailflow()
                        .orElseThrow()
                        .organizations()
                        .get(0)
                        .directory()
                        .ask(CHRIS))
                .extracting(SourceAnswer::source)
                .containsExactly("ldap one", "jamesUsers", "file a.csv");
    }

    @Test
    void whatIsNotWrittenHasASafeDefault() throws Exception {
        read("<ldap name=\"corp\">" + MINIMAL + "</ldap>");

        LdapSettings settings = ((RecipientSource.Ldap) opened.get(0)).settings();
        assertThat(settings.urls()).containsExactly(new LdapUrl(true, "dc1.contoso.com", 636));
        assertThat(settings.attributes())
                .isEqualTo(new LdapSettings.Attributes(
                        "mail",
                        "proxyAddresses",
                        "targetAddress",
                        List.of("member"),
                        List.of("group", "groupOfNames")));
        assertThat(settings.limits().keptFor()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.expandGroups()).isTrue();
        assertThat(settings.mailboxesAreHere()).isTrue();
        assertThat(settings.credentials()).isEmpty();
    }

    @Test
    void aPasswordIsReadAndNeverShown() throws Exception {
        Files.writeString(folder.resolve("secret"), "hunter2\n");

        read("<ldap name=\"corp\">" + MINIMAL
                + "<bindDn>cn=mailflow,dc=contoso,dc=com</bindDn><bindPasswordFile>secret</bindPasswordFile></ldap>");

        LdapSettings settings = ((RecipientSource.Ldap) opened.get(0)).settings();
        assertThat(settings.credentials())
                .map(LdapSettings.Credentials::password)
                .contains("hunter2");
        assertThat(opened.get(0).toString()).contains("cn=mailflow").doesNotContain("hunter2");
    }

    @Test
    void offlineNobodyIsUnknownForLackOfAServer() throws Exception {
        Files.writeString(folder.resolve("mailflow.xml"), xml("<ldap name=\"corp\">" + MINIMAL + "</ldap>"));

        Configuration read = MailflowXml.read(folder.resolve("mailflow.xml"), 1);

        assertThat(read.mailflow()
                        .orElseThrow()
                        .organizations()
                        .get(0)
                        .directory()
                        .find(CHRIS))
                .isEqualTo(new DirectoryAnswer.Unavailable("ldap corp is asked by a running server, not offline"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            <url>ldap://dc1.contoso.com</url><baseDn>dc=c</baseDn><bindDn>cn=m</bindDn><bindPassword>x</bindPassword>    ; would show the password to the network
            <url>ldaps://dc1</url><baseDn>dc=c</baseDn><startTls>true</startTls>    ; is for ldap://, but ldaps:// begins with TLS
            <url>ldaps://dc1</url><baseDn>dc=c</baseDn><bindDn>cn=m</bindDn>    ; has no password
            <url>ldaps://dc1</url><baseDn>dc=c</baseDn><bindPassword>x</bindPassword>    ; has no account
            <url>ldaps://dc1</url><baseDn>dc=c</baseDn><connectTimeout>4s</connectTimeout>    ; is 7 s together with connectTimeout
            <url>ldaps://dc1</url><baseDn>dc=c</baseDn><filter>(mail=x)</filter>    ; names no {address}
            <url>ldaps://dc1</url><baseDn>dc=c</baseDn><filter>(|(mail={address})</filter>    ; is no filter
            <url>ldaps://dc1</url><baseDn>no name</baseDn>    ; is no distinguished name
            <url>http://dc1</url><baseDn>dc=c</baseDn>    ; is no directory server
            <url>ldaps://dc1</url>    ; is missing
            """)
    void whatCannotBeMeantIsAnError(String content, String message) throws Exception {
        Configuration read = read("<ldap name=\"corp\">" + content + "</ldap>");

        assertThat(read.mailflow()).isEmpty();
        assertThat(read.errors())
                .hasSize(1)
                .first()
                .asString()
                .contains(message)
                .doesNotContain("<bindPassword>");
    }

    @Test
    void clearTextWithoutAPasswordIsWarnedOf() throws Exception {
        Configuration read =
                read("<ldap name=\"corp\"><url>ldap://dc1.contoso.com</url><baseDn>dc=contoso,dc=com</baseDn></ldap>");

        assertThat(read.mailflow()).isPresent();
        assertThat(read.problems()).hasSize(1).first().asString().contains("in clear text");
    }

    @Test
    void noSourceAndTwoOfANameAreErrors() throws Exception {
        assertThat(read("").errors()).hasSize(1).first().asString().contains("names no source of recipients");
        assertThat(read("<ldap name=\"corp\">" + MINIMAL + "</ldap><ldap name=\"Corp\">" + MINIMAL + "</ldap>")
                        .errors())
                .hasSize(1)
                .first()
                .asString()
                .contains("is there a second time");
    }

    static Stream<String> filters() {
        return Stream.of(
                "(mail={address})",
                "(&(objectClass=person)(|(mail={address})(proxyAddresses:caseIgnoreMatch:=smtp:{address})))",
                "(&(!(locked=*))(uid={localPart})(o={domain}))",
                "(&(cn=a\\28b\\29)(mail={address}))");
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filtersOfAllKindsAreTaken(String filter) {
        assertThat(new LdapFilter(filter).template()).isEqualTo(filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap://[::1]", "ldap://localhost:1389", "ldap://127.0.0.1"})
    void loopbackIsSeenWhateverItIsCalled(String url) {
        assertThat(LdapUrl.parse(url).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldap://127.evil.example", "ldap://localhost.evil.example", "ldap://10.0.0.1"})
    void whatOnlyLooksLikeLoopbackIsNot(String url) {
        assertThat(LdapUrl.parse(url).isLoopback()).isFalse();
    }

    private Configuration read(String recipients) throws Exception {
        Files.writeString(folder.resolve("mailflow.xml"), xml(recipients));
        return new MailflowXml(folder.resolve("mailflow.xml"), Map.of(), Clock.systemUTC(), source -> {
                    opened.add(source);
                    return address -> new DirectoryAnswer.NotFound();
                })
                .read(1);
    }

    private static String xml(String recipients) {
        return "<mailflow><server><fqdn>mail.contoso.com</fqdn></server>"
                + "<organization name=\"contoso\" premises=\"onPremises\">"
                + "<acceptedDomain name=\"contoso.com\" type=\"authoritative\"/><recipients>" + recipients
                + "</recipients></organization></mailflow>";
    }
}
