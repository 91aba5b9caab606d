package org.mailflow.testing.postfix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mailflow.testing.smtp.MailContent;

/**
 * A real Postfix that is nobody else's: configuration, queue, mailboxes and log are in a temporary directory, its port
 * is a free one of 127.0.0.1, and an instance of the system is left alone. It needs Debian's package postfix, and root,
 * whom Postfix demands.
 */
public final class Postfix implements AutoCloseable {
    private static final String POSTFIX = "/usr/sbin/postfix";
    private static final String POSTQUEUE = "/usr/sbin/postqueue";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int START_ATTEMPTS = 5;

    private final PostfixDirectory directory;
    private final PostfixCommand command;
    private final Thread lastResort = new Thread(this::stopQuietly, "postfix-stop");
    private int port;
    private boolean running;

    private Postfix(PostfixDirectory directory) {
        this.directory = directory;
        this.command = new PostfixCommand(directory.config());
    }

    /** Begins a server that calls itself so. */
    public static PostfixBuilder builder(String hostName) {
        return new PostfixBuilder(hostName);
    }

    /** Why Postfix cannot be run by this process; empty where it can. */
    public static Optional<String> obstacle() {
        if (!Files.isExecutable(Path.of(POSTFIX))) {
            return Optional.of(POSTFIX + " is not installed");
        }
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                    ? Optional.empty()
                    : Optional.of("Postfix can be started by root only");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.of("it cannot be told whether this process is root's: " + e.getMessage());
        }
    }

    static Postfix install(PostfixSettings settings) throws IOException {
        Postfix postfix = new Postfix(PostfixDirectory.create(settings));
        try {
            postfix.startOnFreePort();
        } catch (IOException e) {
            postfix.directory.delete();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(postfix.lastResort);
        return postfix;
    }

    private void startOnFreePort() throws IOException {
        IOException last = new IOException("not tried");
        for (int i = 0; i < START_ATTEMPTS && !running; i++) {
            port = freePort();
            directory.configure(port);
            try {
                start();
            } catch (IOException e) {
                last = new IOException(e.getMessage() + "\n" + directory.log(), e);
                if (isFree(port)) {
                    throw last;
                }
            }
        }
        if (!running) {
            throw last;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return probe.getLocalPort();
        }
    }

    /** Postfix fails without a word when somebody else has taken the port in the meantime. */
    private static boolean isFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK))) {
            return probe.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    /** The port on 127.0.0.1, the same after {@link #stop} and {@link #start}. */
    public int port() {
        return port;
    }

    /** Starts it again after {@link #stop}, with its queue, and waits until it listens. */
    public void start() throws IOException {
        directory.prepareStart();
        command.run(POSTFIX, "start");
        running = true;
    }

    /** Stops it; its queue stays. */
    public void stop() throws IOException {
        if (running) {
            command.run(POSTFIX, "stop");
            running = false;
        }
    }

    /**
     * The process that is the parent of all its others; another one after {@link #stop} and {@link #start}.
     *
     * @throws IOException where it does not run
     */
    public long pid() throws IOException {
        return directory.masterPid();
    }

    /** Tries every deferred mail now. */
    public void flush() throws IOException {
        command.run(POSTFIX, "flush");
    }

    /** The queue as {@code postqueue -p} prints it. */
    public String queue() throws IOException {
        return command.run(POSTQUEUE, "-p");
    }

    /** What it logged since it was made. */
    public String log() throws IOException {
        return directory.log();
    }

    /** The mails in a mailbox that the builder was given, the oldest first. */
    public List<MailContent> mails(String mailbox) throws IOException {
        return directory.mails(mailbox);
    }

    /** How many mails are in a mailbox that the builder was given; quicker than to read them. */
    public int count(String mailbox) throws IOException {
        return directory.count(mailbox);
    }

    /** Stops it and removes every file of it. */
    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        try {
            stop();
        } finally {
            directory.delete();
        }
    }

    private void stopQuietly() {
        try {
            stop();
            directory.delete();
        } catch (IOException e) {
            throw new UncheckedIOException("a Postfix of a test is left behind", e);
        }
    }
}
