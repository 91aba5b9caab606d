package org.mailflow.testing.ldap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;

/**
 * A real slapd that is nobody else's: configuration, database and log are in a temporary directory, its ports are free
 * ones of 127.0.0.1, and an instance of the system is left alone. It speaks clear text, StartTLS and LDAPS, with a
 * certificate for localhost, and knows Exchange's attributes. It needs Debian's package slapd, and no rights.
 */
public final class Slapd implements AutoCloseable {

    /** The entry below which all others are. */
    public static final String BASE_DN = "dc=contoso,dc=com";
    /** The account that may do everything. */
    public static final String ADMIN_DN = "cn=admin,dc=contoso,dc=com";
    /** Its password. */
    public static final String ADMIN_PASSWORD = "admin-secret";

    private static final String PROGRAM = "/usr/sbin/slapd";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 20;
    private static final int KEY_BITS = 2048;

    private final SlapdDirectory directory;
    private final int port;
    private final int securePort;
    private final Thread lastResort = new Thread(this::kill, "slapd-stop");
    private @Nullable Process process;

    private Slapd(SlapdDirectory directory, int port, int securePort) {
        this.directory = directory;
        this.port = port;
        this.securePort = securePort;
    }

    /** Why slapd cannot be run by this process; empty where it can. */
    public static Optional<String> obstacle() {
        return Files.isExecutable(Path.of(PROGRAM)) ? Optional.empty() : Optional.of(PROGRAM + " is not installed");
    }

    /**
     * Starts a server with these entries.
     *
     * @param authority issues its certificate
     * @param entries in LDIF, below {@link #BASE_DN}, which is there already
     */
    public static Slapd start(CertificateAuthority authority, String entries) throws IOException {
        // RSA: Debian's slapd reads no EC key without its public half, as Java writes them.
        Credentials identity = authority
                .order("localhost")
                .dnsNames("localhost")
                .rsaKey(KEY_BITS)
                .issue();
        SlapdDirectory directory = SlapdDirectory.create(identity);
        Slapd slapd = new Slapd(directory, freePort(), freePort());
        try {
            directory.load(entries);
            slapd.start();
        } catch (IOException e) {
            directory.delete();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(slapd.lastResort);
        return slapd;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return probe.getLocalPort();
        }
    }

    /** Its address for clear text and StartTLS, the same after {@link #stop} and {@link #start}. */
    public String url() {
        return "ldap://localhost:" + port;
    }

    /** Its address for LDAPS. */
    public String secureUrl() {
        return "ldaps://localhost:" + securePort;
    }

    /** Starts it again after {@link #stop}, with its database, and waits until it listens. */
    public void start() throws IOException {
        Process started = new ProcessBuilder(
                        PROGRAM,
                        "-f",
                        directory.configuration().toString(),
                        "-h",
                        "ldap://127.0.0.1:" + port + "/ ldaps://127.0.0.1:" + securePort + "/",
                        "-d",
                        "none")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
                .start();
        process = started;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (!started.isAlive() || System.nanoTime() > end) {
                started.destroyForcibly();
                throw new IOException("slapd does not start: " + Files.readString(directory.log()));
            }
            pause(started);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), securePort));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause(Process started) throws IOException {
        try {
            started.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Stops it; its database stays. */
    public void stop() throws IOException {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        process = null;
    }

    /** Lets it hang: it keeps its connections and takes new ones, and answers nothing before {@link #resume}. */
    public void pause() throws IOException {
        signal("STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process running = process;
        if (running == null) {
            throw new IOException("slapd does not run");
        }
        SlapdDirectory.run("", "kill", "-" + name, Long.toString(running.pid()));
    }

    /**
     * Changes entries while it runs.
     *
     * @param changes in LDIF, with {@code changetype}
     */
    public void modify(String changes) throws IOException {
        SlapdDirectory.run(
                changes, "ldapmodify", "-x", "-H", "ldap://127.0.0.1:" + port, "-D", ADMIN_DN, "-w", ADMIN_PASSWORD);
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

    private void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
        try {
            directory.delete();
        } catch (IOException e) {
            throw new UncheckedIOException("a slapd of a test is left behind", e);
        }
    }
}
