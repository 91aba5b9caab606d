package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Premises;
import org.mailflow.core.tls.CertificateDemand;
import org.mailflow.core.tls.CertificateName;
import org.mailflow.core.tls.CertificatePin;
import org.mailflow.testing.peers.RequiresPeer;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.CertificateCase;
import org.mailflow.testing.tls.CertificateCases;
import org.mailflow.testing.tls.PemFiles;
import org.mailflow.testing.tls.TlsContexts;

/** The certificates that core is tested with, presented in a handshake: who is proven may relay, and nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresentedCertificatesTest {

    private static final int PERMITTED = 250;

    private final CertificateCases certificates = CertificateCases.create();
    private SmtpServerUnderTest server;
    private long generation = 1;

    @BeforeAll
    void start() throws Exception {
        server = SmtpServerUnderTest.builder(Organizations.mailflow(Premises.ON_PREMISES), Certificates.SERVER)
                .start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void relayForWhomTheyProve() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (CertificateCase one : certificates.all()) {
            server.reload(mailflow(one));
            int code;
            try (SmtpDialogue smtp =
                    server.connect(Organizations.STRANGER, TlsContexts.gullibleClient(one.presented()))) {
                smtp.send("MAIL FROM:<a@x.test>").expect("250");
                code = smtp.send("RCPT TO:<erin@cpandl.com>").read().code();
            }
            compare(one, Integer.toString(code), wrong);
        }

        assertThat(wrong).isEmpty();
    }

    @RequiresPeer("python3")
    @Test
    void relayForWhomTheyProveWhenPresentedByPython(@TempDir Path folder) throws Exception {
        List<String> wrong = new ArrayList<>();
        Process python = new ProcessBuilder(
                        "python3",
                        Path.of("src/test/resources/present_certificate.py").toString(),
                        Integer.toString(server.port()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedWriter questions = python.outputWriter();
                BufferedReader answers = python.inputReader()) {
            for (CertificateCase one : certificates.all()) {
                server.reload(mailflow(one));
                PemFiles pem = one.presented().writePem(folder, "peer");
                questions.write(pem.certificates() + " " + pem.key() + "\n");
                questions.flush();
                compare(one, String.valueOf(answers.readLine()), wrong);
            }
        } finally {
            python.destroyForcibly();
        }

        // OpenSSL does not even load what it cannot read.
        assertThat(wrong).hasSize(2).allMatch(answer -> answer.contains("cannot be read: failed SSLError"));
    }

    private static void compare(CertificateCase one, String answer, List<String> wrong) {
        boolean asExpected = one.isProven() == answer.equals(Integer.toString(PERMITTED));
        if (!asExpected || answer.startsWith("failed")) {
            wrong.add(one.title() + ": " + answer);
        }
    }

    private Mailflow mailflow(CertificateCase one) {
        generation++;
        CertificateDemand demand = new CertificateDemand(
                one.name().map(CertificateName::parse),
                one.pins().stream().map(CertificatePin::parse).toList(),
                one.allowCommonName());
        return Organizations.withOwnServer(generation, demand, certificates.trusted());
    }
}
