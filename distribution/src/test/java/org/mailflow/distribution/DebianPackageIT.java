package org.mailflow.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.PemFiles;

/** The package on a clean Debian: installed, started, a mail sent through it, removed, purged. Needs root and a mirror. */
@RequiresPeer({"debootstrap", "chroot"})
class DebianPackageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CLOUD = "cloud.contoso.com";
    private static final byte[] MESSAGE =
            "From: <erin@cpandl.com>\r\nTo: <david@contoso.com>\r\nSubject: through the package\r\n\r\nHello.\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");

    @Test
    void shouldServeMailWhenInstalledAndLeaveNothingWhenPurged(@TempDir Path directory) throws Exception {
        try (DebianRoot debian = DebianRoot.create(directory);
                SmtpSink cloud = SmtpSink.builder().tls(authority.issue(CLOUD)).start()) {
            Files.copy(deb(), debian.path("/mailflow.deb"), StandardCopyOption.REPLACE_EXISTING);
            debian.in("apt-get", "-qq", "update");
            debian.in(
                    "apt-get", "-qq", "-y", "--no-install-recommends", "install", "openjdk-17-jre-headless", "adduser");
            Set<String> before = debian.files();

            debian.in("apt-get", "-qq", "-y", "install", "/mailflow.deb");
            configure(debian, cloud);
            assertThat(debian.in("mailflow", "check"))
                    .contains("/etc/mailflow/mailflow.xml: ")
                    .contains("no errors");
            serve(debian, cloud, directory.resolve("server.log"));

            debian.in("apt-get", "-qq", "-y", "remove", "mailflow");
            assertThat(debian.path("/usr/bin/mailflow")).doesNotExist();
            assertThat(debian.path("/var/lib/mailflow/queue"))
                    .as("what is queued outlives a removal")
                    .exists();
            assertThat(debian.path("/etc/mailflow/mailflow.env")).exists();

            debian.in("apt-get", "-qq", "-y", "purge", "mailflow");
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
        }
    }

    private void serve(DebianRoot debian, SmtpSink cloud, Path log) throws Exception {
        Process server = debian.start("mailflow", Map.of(), log, "mailflow", "run");
        try {
            Path ports = debian.path("/var/lib/mailflow/ports.properties");
            await().atMost(PATIENCE).until(() -> Files.exists(ports) || !server.isAlive());
            assertThat(server.isAlive()).as(() -> read(log)).isTrue();

            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", smtpPort(ports))) {
                smtp.expect("220").send("EHLO client.test").expect("250");
                assertThat(smtp.sendMail("erin@cpandl.com", List.of("david@contoso.com"), MESSAGE)
                                .code())
                        .isEqualTo(250);
            }

            List<ReceivedMail> received = cloud.awaitReceived(1, PATIENCE);
            assertThat(received.get(0).recipientAddresses()).containsExactly("david@contoso.mail.onmicrosoft.com");
            assertThat(debian.in("mailflow", "trace", "david@contoso.com")).contains("delivered");
            assertThat(debian.in("mailflow", "explain", "--from", "erin@cpandl.com", "--to", "chris@contoso.com"))
                    .contains("chris@contoso.com");
        } finally {
            server.destroy();
            if (!server.waitFor(45, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
        assertThat(server.exitValue()).as("SIGTERM ends it in order").isEqualTo(128 + 15);
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
                StandardCharsets.UTF_8);
    }

    private static Path deb() {
        return Path.of(System.getProperty("distribution.deb", "target/mailflow.deb"));
    }

    private static int smtpPort(Path file) throws IOException {
        Properties ports = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
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
