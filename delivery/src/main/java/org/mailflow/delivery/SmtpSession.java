package org.mailflow.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.SmartHostAuthentication;

/**
 * An SMTP session with one host, as far as it can take mail: greeted, and encrypted as the connector demands. Forced TLS
 * never falls back to clear text; TLS that is not forced falls back where the handshake fails.
 */
final class SmtpSession implements AutoCloseable {

    private final SmtpConnection connection;
    private final Hop hop;
    private final ClientSettings settings;
    private final SessionWatch watch;
    private PeerFacts facts;
    private Map<String, String> extensions = Map.of();
    private final Instant begun = Instant.now();
    private int mails;
    private boolean waiting = true;
    private Optional<String> trouble = Optional.empty();

    private SmtpSession(SmtpConnection connection, Hop hop, ClientSettings settings, SessionWatch watch) {
        this.watch = watch;
        this.connection = connection;
        this.hop = hop;
        this.settings = settings;
        this.facts = PeerFacts.inClearText(hop);
    }

    /**
     * Begins a session.
     *
     * @throws HostTrouble where the host cannot take mail now, or not as it is demanded
     */
    static SmtpSession open(Hop hop, ClientSettings settings) throws HostTrouble {
        return open(hop, settings, SessionWatch.NOBODY);
    }

    /** The same, in sight of somebody. */
    static SmtpSession open(Hop hop, ClientSettings settings, SessionWatch watch) throws HostTrouble {
        try {
            return open(hop, settings, true, watch);
        } catch (HandshakeTrouble e) {
            if (settings.tls().isForced()) {
                throw HostTrouble.ofTls("TLS is required, and the handshake failed: " + e.getMessage(), e);
            }
            watch.fallsBack(String.valueOf(e.getMessage()));
            try {
                return open(hop, settings, false, watch);
            } catch (HandshakeTrouble impossible) {
                throw new HostTrouble(String.valueOf(impossible.getMessage()), impossible);
            }
        }
    }

    private static SmtpSession open(Hop hop, ClientSettings settings, boolean withTls, SessionWatch watch)
            throws HostTrouble, HandshakeTrouble {
        SmtpSession session = new SmtpSession(connect(hop, settings), hop, settings, watch);
        watch.connected();
        boolean ready = false;
        try {
            session.greet();
            if (withTls) {
                session.secure();
            }
            session.logOn();
            ready = true;
            return session;
        } catch (IOException e) {
            throw new HostTrouble(String.valueOf(e.getMessage()), e);
        } finally {
            if (!ready) {
                session.connection.close();
            }
        }
    }

    private static SmtpConnection connect(Hop hop, ClientSettings settings) throws HostTrouble {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            Optional<IpAddress> source = settings.client().sourceFor(hop.address());
            if (source.isPresent()) {
                socket.bind(new InetSocketAddress(
                        InetAddress.getByAddress(source.get().toBytes()), 0));
            }
            socket.connect(
                    hop.socketAddress(),
                    Math.toIntExact(settings.timeouts().connect().toMillis()));
            return new SmtpConnection(socket, settings.timeouts(), settings.timer());
        } catch (IOException e) {
            try {
                socket.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw new HostTrouble(
                    "450 4.4.316 Cannot connect"
                            + settings.client()
                                    .sourceFor(hop.address())
                                    .map(source -> " from " + source)
                                    .orElse("") + ": " + e.getMessage(),
                    e);
        }
    }

    private void greet() throws IOException, HostTrouble {
        SmtpReply greeting = connection.greeting();
        watch.answered("greeting", greeting);
        if (greeting.code() != 220) {
            throw new HostTrouble("greeting " + greeting);
        }
        hello();
    }

    private void hello() throws IOException, HostTrouble {
        extensions = Map.of();
        boolean extended = !settings.client().forceHELO();
        SmtpReply reply = connection.command((extended ? "EHLO " : "HELO ") + settings.heloName());
        watch.answered(extended ? "EHLO" : "HELO", reply);
        if (extended && reply.isPermanentFailure()) {
            reply = connection.command("HELO " + settings.heloName());
            watch.answered("HELO", reply);
        } else if (extended) {
            watch.offered(connection.lastLines().stream().skip(1).toList());
            extensions = connection.lastLines().stream()
                    .skip(1)
                    .map(line -> line.strip().split("[ =]", 2))
                    .collect(Collectors.toMap(
                            words -> words[0].toUpperCase(Locale.ROOT),
                            words -> words.length > 1 ? words[1] : "",
                            (first, second) -> first));
        }
        if (!reply.isPositive()) {
            throw new HostTrouble("EHLO answered " + reply);
        }
    }

    private void secure() throws IOException, HostTrouble, HandshakeTrouble {
        if (!offers("STARTTLS")) {
            refuseClearText("the host does not offer STARTTLS");
            return;
        }
        SmtpReply reply = connection.command("STARTTLS");
        watch.answered("STARTTLS", reply);
        if (reply.code() != 220) {
            refuseClearText("STARTTLS answered " + reply);
            return;
        }
        SSLSocket secured = settings.tls().wrap(connection, hop);
        try {
            connection.secure(secured);
        } catch (IOException e) {
            throw new HandshakeTrouble(e);
        }
        facts = settings.tls().facts(hop, secured.getSession());
        Optional<String> unmet = settings.tls().unmet(facts.identity(), secured.getSession());
        watch.secured(facts, OutboundTls.chain(secured.getSession()), unmet);
        if (unmet.isPresent()) {
            throw HostTrouble.ofTls(unmet.get(), facts);
        }
        hello();
    }

    private void logOn() throws IOException, HostTrouble {
        Optional<SmartHostAuthentication> account = settings.client().authentication();
        if (account.isEmpty()) {
            return;
        }
        watch.logsOn();
        if (account.get().requireTls() && facts.tls().isEmpty()) {
            throw HostTrouble.ofTls("TLS is required to log on, and the host does not offer it");
        }
        new Logon(connection, account.get()).run(extensions.getOrDefault("AUTH", ""));
        watch.loggedOn(account.get().user());
    }

    private void refuseClearText(String why) throws HostTrouble {
        if (settings.tls().isForced()) {
            throw HostTrouble.ofTls("TLS is required, and " + why);
        }
    }

    /** Whom the session is with. */
    PeerFacts facts() {
        return facts;
    }

    /** Whether the host offers an extension; in upper case. */
    boolean offers(String keyword) {
        return extensions.containsKey(keyword);
    }

    /** The connection, to speak on. */
    SmtpConnection connection() {
        return connection;
    }

    /** Whether no mail was handed over in it yet. */
    boolean isNew() {
        return mails == 0;
    }

    /** Notes that a mail is begun: until the host took it, it is not known whether it waits for another. */
    void beginMail() {
        waiting = false;
    }

    /** Notes that the host took the mail, and waits for another. */
    void tookMail() {
        waiting = true;
        mails++;
    }

    /** Notes that the host broke off, or answered too late or something that is no SMTP. */
    void broke(String why) {
        trouble = Optional.of(why);
    }

    /** Why the host is in trouble; empty where it answered as a host does. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Whether another mail may be handed over in it, as far as this end knows. */
    boolean mayServeAnother() {
        return waiting
                && mails < settings.client().smtpMaxMessagesPerConnection()
                && begun.plus(KeptSessions.LIFETIME).isAfter(Instant.now());
    }

    /** How long it is kept without mail. */
    Duration idleTimeOut() {
        return settings.client().connectionInactivityTimeOut();
    }

    /** Asks the host (RFC 5321, 4.1.1.5). */
    boolean stillListens() {
        try {
            return connection.command("RSET").isPositive();
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes leave, and does not wait for the answer: the mail is handed over or not, whatever it is. */
    @Override
    public void close() {
        connection.leave();
    }

    private static final class HandshakeTrouble extends Exception {
        private static final long serialVersionUID = 1L;

        HandshakeTrouble(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
