package org.mailflow.assembly;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one server until the process is told to end. */
public final class Main {
    private static final Logger LOGGER = LoggerFactory.getLogger(Main.class);
    private static final int USAGE = 64;

    private Main() {}

    /** Takes the configuration directory and the data directory; exits with 64 on other arguments, with 1 on failure. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            fail(System.err, "usage: CONFIGURATION-DIRECTORY DATA-DIRECTORY", USAGE);
        }
        try {
            MailflowServer server =
                    MailflowServer.start(
                            new ServerDirectories(Path.of(arguments[0]), Path.of(arguments[1])), System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
        } catch (Exception e) {
            LOGGER.error("The server did not start", e);
            fail(System.err, "The server did not start: " + e.getMessage(), 1);
        }
        new CountDownLatch(1).await();
    }

    private static void stop(MailflowServer server) {
        try {
            server.close();
        } catch (Exception e) {
            LOGGER.error("The server did not stop in order", e);
        }
    }

    private static void fail(PrintStream errors, String message, int status) {
        errors.println(message);
        System.exit(status);
    }
}
