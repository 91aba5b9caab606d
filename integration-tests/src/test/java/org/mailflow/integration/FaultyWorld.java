package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.postfix.Postfix;
import org.mailflow.testing.tls.CertificateAuthority;

/**
 * A gateway to be killed (the test resource {@code faults}, in the frame of a shipped configuration), and a Postfix behind
 * both of its connectors.
 */
final class FaultyWorld implements AutoCloseable {

    private static final Path RESOURCES = Path.of("src", "test", "resources", "faults");
    /** Postfix throws a coin for each recipient. */
    private static final String HALF_THE_TIME =
            "check_recipient_access randmap:{DUNNO, DEFER}, permit_mynetworks, reject";

    private static final String ALWAYS = "permit_mynetworks, reject";

    private final LoopbackDns dns = LoopbackDns.start();
    private final Postfix postfix;
    private final Path directory;
    private final Path data;
    private final Path configuration;
    private final Environment environment;

    /**
     * A Postfix that refuses every other recipient for the time being.
     *
     * @param data where the gateway is to keep its data
     */
    static FaultyWorld refusingHalfTheTime(Path directory, Path data) throws IOException {
        return new FaultyWorld(directory, data, HALF_THE_TIME);
    }

    /**
     * A Postfix that takes everything.
     *
     * @param data where the gateway is to keep its data
     */
    static FaultyWorld takingAll(Path directory, Path data) throws IOException {
        return new FaultyWorld(directory, data, ALWAYS);
    }

    private FaultyWorld(Path directory, Path data, String recipientRestrictions) throws IOException {
        this.directory = directory;
        this.data = data;
        this.postfix = Postfix.builder("postfix.test")
                .mailboxes(NumberedMail.IN_THE_CLOUD, NumberedMail.PARTNER)
                .setting("smtpd_recipient_restrictions", recipientRestrictions)
                .setting("access_map_defer_code", "451")
                // It would make clients wait that meet so many refusals.
                .setting("smtpd_error_sleep_time", "0")
                .setting("smtpd_soft_error_limit", "1000000")
                .setting("smtpd_hard_error_limit", "1000000")
                .start();
        this.configuration = ConfigurationCopy.of(Side.ON_PREMISES.configuration(), directory.resolve("conf"));
        ConfigurationCopy.of(RESOURCES, configuration);
        this.environment = Environment.of(
                        Side.ON_PREMISES,
                        directory.resolve("certs"),
                        CertificateAuthority.create("Test authority"),
                        dns)
                .with("FAULTS_PORT", Integer.toString(postfix.port()));
    }

    /** Sets how much room the gateway keeps free, as mailflow.xml has it. */
    FaultyWorld keepingFree(String size) {
        environment.with("FAULTS_RESERVE", size);
        return this;
    }

    /** Starts the gateway in a process of its own, and does not wait for it. */
    ChildServer launch(String... program) throws IOException {
        return ChildServer.launch(
                List.of(program), configuration, data, environment.variables(), directory.resolve("gateway.log"));
    }

    /** Starts the gateway in this process, with everybody's mailboxes open to be read. */
    TestServer startHere() throws Exception {
        return TestServer.start(configuration, data, environment, NumberedMail.users());
    }

    /** What the gateway does. */
    MailLogTail events() {
        return new MailLogTail(data.resolve("mail.log"));
    }

    Postfix postfix() {
        return postfix;
    }

    @Override
    public void close() throws IOException {
        postfix.close();
        dns.close();
    }
}
