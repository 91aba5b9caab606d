package org.mailflow.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.PemFiles;

/**
 * The package on a clean Debian: installed, started as its unit starts it, a mail sent through it, removed, purged. Needs root
 * and a mirror.
 */
class DebianPackageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CLOUD = "cloud.contoso.com";
    private static final String UNIT = "/lib/systemd/system/mailflow.service";
    private static final String ENABLED = "/etc/systemd/system/multi-user.target.wants/mailflow.service";
    private static final String OFFLINE = "SYSTEMD_OFFLINE=1";
    private static final String BODY =
            "Grüße.\r\n.\r\n..two dots\r\nblanks at the end  \r\n\ttab\r\n\r\n" + "x".repeat(900) + "\r\n";
    private static final byte[] MESSAGE =
            ("From: <erin@cpandl.com>\r\nTo: <david@contoso.com>\r\nSubject: through the package\r\n\r\n" + BODY)
                    .getBytes(UTF_8);

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");

    @Test
    @RequiresPeer({"debootstrap", "chroot", "python3"})
    void shouldServeMailWhenInstalledAndLeaveNothingWhenPurged(@TempDir Path directory) throws Exception {
        try (DebianRoot debian = DebianRoot.create(directory);
                SmtpSink cloud = SmtpSink.builder()
                        .tls(authority.issue(CLOUD))
                        .askForClientCertificate()
                        .start()) {
            Files.copy(deb(), debian.path("/mailflow.deb"), StandardCopyOption.REPLACE_EXISTING);
            debian.in("apt-get", "-qq", "update");
            assertThat(debian.in("apt-get", "-s", "install", "/mailflow.deb"))
                    .as("what it depends on comes along")
                    .contains("Inst openjdk-17-jre-headless");
            debian.in(
                    "apt-get",
                    "-qq",
                    "-y",
                    "--no-install-recommends",
                    "install",
                    "openjdk-17-jre-headless",
                    "adduser",
                    "systemd");
            Set<String> before = debian.files();

            debian.in("apt-get", "-qq", "-y", "install", "/mailflow.deb");
            assertUnitIsInOrder(debian);
            assertManualPageKnowsEveryCommand(debian);
            assertThat(debian.ending(1, "mailflow", "check"))
                    .as("all that is missing is the certificate")
                    .contains("there is no file certs/mail.pem", "there is no file certs/mail.key", ": 2 errors, no");
            configure(debian, cloud);
            assertThat(debian.in("mailflow", "check")).contains("/etc/mailflow: no errors");
            serve(debian, cloud, directory);

            String settings = Files.readString(debian.path("/etc/mailflow/mailflow.env"));
            debian.in("apt-get", "-qq", "-y", "install", "--reinstall", "/mailflow.deb");
            assertThat(debian.path("/etc/mailflow/mailflow.env"))
                    .as("edits outlive an upgrade")
                    .hasContent(settings);
            assertThat(debian.path("/var/lib/mailflow/queue")).exists();

            // From here on the package's scripts see a service manager, which enables and disables, and starts and
            // stops nothing.
            Files.createDirectories(debian.path("/run/systemd/system"));
            debian.in("env", OFFLINE, "systemctl", "enable", "mailflow");
            assertThat(debian.path(ENABLED)).isSymbolicLink();
            debian.in("env", OFFLINE, "apt-get", "-qq", "-y", "remove", "mailflow");
            assertThat(Files.isSymbolicLink(debian.path(ENABLED))).as("enabled").isFalse();
            assertThat(debian.path("/usr/bin/mailflow")).doesNotExist();
            assertThat(debian.path("/var/lib/mailflow/queue"))
                    .as("what is queued outlives a removal")
                    .exists();
            assertThat(debian.path("/etc/mailflow/mailflow.env")).hasContent(settings);

            debian.in("env", OFFLINE, "apt-get", "-qq", "-y", "purge", "mailflow");
            Set<String> left = new TreeSet<>(debian.files());
            left.removeAll(before);
            assertThat(left)
                    .as("only keys are left, which no package brought")
                    .containsExactlyInAnyOrder(
                            "/etc/mailflow",
                            "/etc/mailflow/certs",
                            "/etc/mailflow/certs/mail.key",
                            "/etc/mailflow/certs/mail.pem",
                            "/etc/mailflow/certs/authority.pem");
            assertThat(debian.in("getent", "passwd")).doesNotContain("mailflow");
            assertThat(debian.in("getent", "group")).doesNotContain("mailflow");
            assertThat(debian.in("stat", "-c", "%U:%G %a", "/etc/mailflow", "/etc/mailflow/certs"))
                    .as("nobody inherits the keys")
                    .isEqualTo("root:root 750\nroot:root 750\n");
        }
    }

    @Test
    @RequiresPeer("lintian")
    void shouldGiveLintianNothingToSay(@TempDir Path directory) throws Exception {
        Path said = directory.resolve("lintian.txt");

        Process lintian = new ProcessBuilder("lintian", "--fail-on", "error,warning", deb().toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(lintian.waitFor(20, TimeUnit.MINUTES)).isTrue();
        assertThat(lintian.exitValue()).as(() -> read(said)).isZero();
    }

    private static void assertUnitIsInOrder(DebianRoot debian) throws IOException, InterruptedException {
        assertThat(debian.in("systemd-analyze", "verify", UNIT)).isEmpty();
        // Out of 100, where 100 is a service that may do anything; it fails above.
        debian.in("systemd-analyze", "security", "--offline=true", "--threshold=30", "mailflow.service");
        assertThat(directive(debian, "Type")).isEqualTo("notify");
        assertThat(debian.path(ENABLED)).as("nobody has configured it").doesNotExist();
    }

    private static void assertManualPageKnowsEveryCommand(DebianRoot debian) throws IOException, InterruptedException {
        String page = debian.in("zcat", "/usr/share/man/man1/mailflow.1.gz");
        Matcher command = Pattern.compile("^  ([a-z]+)  ", Pattern.MULTILINE).matcher(debian.in("mailflow", "--help"));
        assertThat(command.results().map(found -> found.group(1)))
                .contains("check", "run")
                .allSatisfy(name -> assertThat(page).contains("\n.TP\n.B " + name + "\n"));
    }

    private void serve(DebianRoot debian, SmtpSink cloud, Path directory) throws Exception {
        Path log = directory.resolve("server.log");
        try (NotifySocket systemd = NotifySocket.open(debian.path("/run/notify"), directory.resolve("notify.log"))) {
            Process server = debian.start(
                    directive(debian, "User"),
                    Map.of("NOTIFY_SOCKET", "/run/notify"),
                    log,
                    directive(debian, "ExecStart").split(" "));
            try {
                await().atMost(PATIENCE)
                        .until(() -> systemd.messages().contains("READY=1 STATUS=Takes mail") || !server.isAlive());
                assertThat(server.isAlive()).as(() -> read(log)).isTrue();

                sendsMail(debian, cloud);
                answersCommands(debian);
                reloads(debian, server, systemd);
            } finally {
                server.destroy();
                if (!server.waitFor(Long.parseLong(directive(debian, "TimeoutStopSec")), TimeUnit.SECONDS)) {
                    server.destroyForcibly().waitFor();
                }
            }
            assertThat(server.exitValue())
                    .as(() -> "SIGTERM ends it in order: " + read(log))
                    .isEqualTo(Integer.parseInt(directive(debian, "SuccessExitStatus")));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(systemd.messages()).contains("STOPPING=1"));
        }
    }

    private static void sendsMail(DebianRoot debian, SmtpSink cloud) throws Exception {
        try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", smtpPort(debian))) {
            smtp.expect("220").send("EHLO client.test").expect("250");
            assertThat(smtp.sendMail("erin@cpandl.com", List.of("david@contoso.com"), MESSAGE)
                            .code())
                    .isEqualTo(250);
        }

        List<ReceivedMail> received = cloud.awaitReceived(1, PATIENCE);

        assertThat(received).hasSize(1);
        ReceivedMail mail = received.get(0);
        assertThat(mail.sender().address()).isEqualTo("erin@cpandl.com");
        assertThat(mail.recipientAddresses()).containsExactly("david@contoso.mail.onmicrosoft.com");
        assertThat(mail.content().body().getBytes(ISO_8859_1)).isEqualTo(BODY.getBytes(UTF_8));
        assertThat(mail.content().header("Subject")).contains("through the package");
        assertThat(mail.peer().tls()).hasValueSatisfying(tls -> assertThat(
                        tls.chain().get(0).getSubjectX500Principal().getName())
                .contains("mail.contoso.com"));
    }

    private static void answersCommands(DebianRoot debian) throws IOException, InterruptedException {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(debian.in("mailflow", "trace", "david@contoso.com"))
                .contains("  delivered    david@contoso.mail.onmicrosoft.com"));
        assertThat(debian.in(
                        "mailflow",
                        "explain",
                        "--client-ip",
                        "203.0.113.7",
                        "--from",
                        "erin@cpandl.com",
                        "--to",
                        "david@contoso.com"))
                .contains("the running server at", "david@contoso.com: accepted", "connector contoso/To the cloud");
        // How full the disk is, is the machine's own affair.
        assertThat(debian.in("mailflow", "status", "--disk-free", "0,0")).startsWith("MAILFLOW OK - 0 mails");
    }

    private static void reloads(DebianRoot debian, Process server, NotifySocket systemd) throws Exception {
        String[] explain = {
            "mailflow",
            "explain",
            "--client-ip",
            "203.0.113.7",
            "--from",
            "erin@cpandl.com",
            "--to",
            "frank@contoso.com"
        };
        assertThat(debian.ending(1, explain)).contains("frank@contoso.com: refused");
        Files.writeString(
                debian.path("/etc/mailflow/recipients.csv"), "frank@contoso.com,,\n", StandardOpenOption.APPEND);

        debian.in("env", "MAINPID=" + server.pid(), "sh", "-c", directive(debian, "ExecReload"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(systemd.messages())
                .contains("RELOADING=1")
                .anyMatch(told -> told.startsWith("READY=1 STATUS=Takes mail, on configuration ")));
        assertThat(debian.in(explain)).contains("frank@contoso.com: accepted");
    }

    private void configure(DebianRoot debian, SmtpSink cloud) throws IOException, InterruptedException {
        Path certificates = debian.path("/etc/mailflow/certs");
        PemFiles pem = authority.issue("mail.contoso.com").writePem(certificates, "own");
        Files.move(pem.certificates(), certificates.resolve("mail.pem"));
        Files.move(pem.key(), certificates.resolve("mail.key"));
        authority.writeCertificate(certificates.resolve("authority.pem"));
        debian.in("chgrp", "-R", "mailflow", "/etc/mailflow/certs");
        Files.setPosixFilePermissions(certificates.resolve("mail.key"), PosixFilePermissions.fromString("rw-r-----"));
        Files.write(
                debian.path("/etc/mailflow/mailflow.env"),
                List.of(
                        "MAILFLOW_SMTP_BIND=127.0.0.1:0",
                        "MAILFLOW_SUBMISSION_BIND=127.0.0.1:0",
                        "MAILFLOW_WEBADMIN_PORT=" + freePort(),
                        "MAILFLOW_TRUSTED=/etc/mailflow/certs/authority.pem",
                        "MAILFLOW_CLOUD_HOST=[127.0.0.1]",
                        "MAILFLOW_CLOUD_PORT=" + cloud.port(),
                        "MAILFLOW_CLOUD_CERTIFICATE=" + CLOUD),
                UTF_8);
    }

    /** The value of a line of the unit. */
    private static String directive(DebianRoot debian, String name) throws IOException {
        String prefix = name + "=";
        return Files.readAllLines(debian.path(UNIT)).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElseThrow();
    }

    private static Path deb() {
        return Path.of(System.getProperty("distribution.deb", "target/mailflow.deb"));
    }

    private static int smtpPort(DebianRoot debian) throws IOException {
        Properties ports = new Properties();
        try (var reader = Files.newBufferedReader(debian.path("/var/lib/mailflow/ports.properties"))) {
            ports.load(reader);
        }
        return Integer.parseInt(ports.getProperty("smtp").split(",")[0]);
    }

    /** For WebAdmin, which commands must find without being told. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
