package org.mailflow.assembly;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
            "Runs the server in the foreground. SIGTERM and Ctrl-C end it within 30 seconds: mail under way is finished,"
                    + " and what is queued stays queued. SIGHUP reads mailflow.xml anew.",
            "A configuration with an error is not run: every error is told, as by check."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:the configuration is refused, or the server cannot start", "2:wrong usage"})
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
        ServiceManager manager = ServiceManager.of(System.getenv());
        // From the first moment on: a SIGHUP that comes too early must not end the process.
        Hangups hangups = new Hangups(manager);
        Signals.onHangup(hangups::reload);
        try {
            ServerLogging.configure(directories.configuration());
            MailflowServer server = MailflowServer.start(directories, System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, manager), "shutdown"));
            tell(server, directories.data());
            hangups.serve(server);
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

    /** Whatever hangs, the process is gone when it said it would be: what is queued is as safe then as after a power cut. */
    private static void stop(MailflowServer server, ServiceManager manager) {
        Thread last = new Thread(RunCommand::haltInTheEnd, "last-resort");
        last.setDaemon(true);
        last.start();
        manager.stopping();
        long began = System.nanoTime();
        try {
            server.close();
            LOGGER.info(
                    "Stopped in {} ms",
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (Exception e) {
            LOGGER.error("The server did not stop in order", e);
        }
    }

    private static void haltInTheEnd() {
        try {
            Thread.sleep(MailflowServer.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        LOGGER.error("The stop takes too long: the process ends at once");
        Runtime.getRuntime().halt(ExitCode.NOT_OK);
    }
}
