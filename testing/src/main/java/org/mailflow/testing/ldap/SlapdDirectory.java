package org.mailflow.testing.ldap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.PemFiles;

/** The files of one slapd, all under a temporary directory of its own. */
final class SlapdDirectory {

    private static final long LIMIT_SECONDS = 120;

    /** Exchange's attributes, the groups of Active Directory and qmail's further addresses, as a schema of OpenLDAP. */
    private static final String SCHEMA =
            """
            attributetype ( 1.2.840.113556.1.2.210 NAME 'proxyAddresses'
              EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
            attributetype ( 1.2.840.113556.1.4.315 NAME 'targetAddress'
              EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
            attributetype ( 1.3.6.1.4.1.7914.1.2.1.3 NAME 'mailAlternateAddress'
              EQUALITY caseIgnoreIA5Match SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 )
            objectclass ( 1.2.840.113556.1.5.23 NAME 'mailRecipient' SUP top AUXILIARY
              MAY ( mail $ proxyAddresses $ targetAddress $ mailAlternateAddress ) )
            objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL
              MUST cn MAY ( member $ description ) )
            """;

    private final Path root;

    private SlapdDirectory(Path root) {
        this.root = root;
    }

    static SlapdDirectory create(Credentials identity) throws IOException {
        SlapdDirectory directory = new SlapdDirectory(Files.createTempDirectory("slapd-"));
        Files.createDirectory(directory.root.resolve("db"));
        Files.createFile(directory.log());
        Files.writeString(directory.root.resolve("exchange.schema"), SCHEMA);
        PemFiles pem = identity.writePem(directory.root, "server");
        Files.write(
                directory.configuration(),
                List.of(
                        "include /etc/ldap/schema/core.schema",
                        "include /etc/ldap/schema/cosine.schema",
                        "include /etc/ldap/schema/inetorgperson.schema",
                        "include " + directory.root.resolve("exchange.schema"),
                        "modulepath /usr/lib/ldap",
                        "moduleload back_mdb",
                        "pidfile " + directory.root.resolve("slapd.pid"),
                        "TLSCertificateFile " + pem.certificates(),
                        "TLSCertificateKeyFile " + pem.key(),
                        "TLSVerifyClient never",
                        "sizelimit unlimited",
                        "database mdb",
                        "maxsize 1073741824",
                        "dbnosync",
                        "suffix \"" + Slapd.BASE_DN + "\"",
                        "rootdn \"" + Slapd.ADMIN_DN + "\"",
                        "rootpw " + Slapd.ADMIN_PASSWORD,
                        "directory " + directory.root.resolve("db"),
                        "index objectClass,mail,proxyAddresses,targetAddress eq",
                        "access to * by * read"));
        return directory;
    }

    Path configuration() {
        return root.resolve("slapd.conf");
    }

    Path log() {
        return root.resolve("slapd.log");
    }

    /** Fills the empty database. */
    void load(String entries) throws IOException {
        String base = "dn: " + Slapd.BASE_DN + "\nobjectClass: dcObject\nobjectClass: organization\n"
                + "o: Contoso\ndc: contoso\n\n";
        run(base + entries, "/usr/sbin/slapadd", "-q", "-f", configuration().toString());
    }

    /** Runs a program to its end, which must be a good one. */
    static void run(String input, String... line) throws IOException {
        Path written = Files.createTempFile("slapd-input-", ".ldif");
        Path printed = Files.createTempFile("slapd-output-", ".txt");
        try {
            Files.writeString(written, input, StandardCharsets.UTF_8);
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectInput(written.toFile())
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(line[0] + " did not end in " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        line[0] + " failed with " + process.exitValue() + ": " + Files.readString(printed));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(line[0] + " was interrupted", e);
        } finally {
            Files.deleteIfExists(written);
            Files.deleteIfExists(printed);
        }
    }

    /** Removes everything. */
    void delete() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
