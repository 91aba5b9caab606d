package org.mailflow.assembly;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.mailflow.cli.ConfigurationOption;
import org.mailflow.cli.DataOption;
import org.mailflow.cli.ExitCode;
import org.mailflow.cli.VersionProvider;
import org.mailflow.core.config.InvalidConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./mailflow run}: the server, in the foreground, until it is told to end. */
@Command(
        name = "run",
        description = {
            "Runs the server in the foreground. SIGTERM and Ctrl-C end it: deliveries under way are finished, and what is"
                    + " queued stays queued.",
            "A configuration with an error is not run: every error is told, as by check."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:the configuration is refused, or the server cannot start",
            "2:wrong usage",
            "74:the queue's journal cannot be written; start the server again when the disk is well",
            "75:mail no longer flowed through the server; start it again"
        })
public final class RunCommand implements Callable<Integer> {

    private static final Logger LOGGER = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter errors = spec.commandLine().getErr();
        ServerDirectories directories = new ServerDirectories(configuration.directory(), data.directory());
        try {
            ServerLogging.configure(directories.configuration().resolve("logback.xml"));
            MailflowServer server = MailflowServer.start(directories, System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
            tell(server, directories.data());
        } catch (InvalidConfigurationException e) {
            errors.println(e.getMessage());
            errors.println("mailflow: the configuration is refused; nothing was started");
            return ExitCode.NOT_OK;
        } catch (Exception e) {
            LOGGER.error("The server did not start", e);
            errors.println("mailflow: the server did not start: " + e.getMessage());
            return ExitCode.NOT_OK;
        }
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private void tell(MailflowServer server, Path data) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("SMTP on port " + server.smtpPorts() + ", IMAP on " + server.imapPorts() + ", WebAdmin on "
                + (server.webAdminPort().isPresent() ? server.webAdminPort().getAsInt() : "none") + "; data in "
                + data);
        out.flush();
    }

    private static void stop(MailflowServer server) {
        try {
            server.close();
        } catch (Exception e) {
            LOGGER.error("The server did not stop in order", e);
        }
    }
}
