package org.mailflow.testing.smtp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mailflow.testing.tls.Credentials;
import org.mailflow.testing.tls.TlsContexts;

/** What a {@link SmtpSink} is to be. */
public final class SmtpSinkBuilder {
    private static final int BIND_ATTEMPTS = 20;

    private String hostName = "sink.test";
    private List<String> addresses = List.of("127.0.0.1");
    private int port;
    private @Nullable SSLContext tls;
    private List<String> tlsProtocols = List.of();
    private boolean askForCertificate;
    private boolean requireTls;
    private List<String> capabilities =
            List.of("PIPELINING", "8BITMIME", "SIZE 104857600", "DSN", "SMTPUTF8", "ENHANCEDSTATUSCODES");

    SmtpSinkBuilder() {}

    /** The name in greeting and EHLO reply; {@code sink.test} unless set. */
    public SmtpSinkBuilder hostName(String name) {
        hostName = name;
        return this;
    }

    /** Loopback addresses to listen on, all on one port; 127.0.0.1 unless set. */
    public SmtpSinkBuilder addresses(String... loopback) {
        addresses = List.of(loopback);
        return this;
    }

    /** The port; a free one unless set. Set it only to come back where an earlier sink was. */
    public SmtpSinkBuilder port(int number) {
        port = number;
        return this;
    }

    /** Offers STARTTLS with this identity, and takes any client certificate. */
    public SmtpSinkBuilder tls(Credentials identity) {
        return tls(TlsContexts.server(identity));
    }

    /** Offers STARTTLS. */
    public SmtpSinkBuilder tls(SSLContext context) {
        tls = context;
        return this;
    }

    /** Limits the protocol versions, for example {@code TLSv1.2}; Java's defaults unless set. */
    public SmtpSinkBuilder tlsProtocols(String... protocols) {
        tlsProtocols = List.of(protocols);
        return this;
    }

    /** Asks the client for a certificate; it may go on without one. */
    public SmtpSinkBuilder askForClientCertificate() {
        askForCertificate = true;
        return this;
    }

    /** Refuses MAIL before STARTTLS with 530. */
    public SmtpSinkBuilder requireTls() {
        requireTls = true;
        return this;
    }

    /** The extensions that EHLO offers; STARTTLS is added where the sink has TLS. */
    public SmtpSinkBuilder capabilities(String... lines) {
        capabilities = List.of(lines);
        return this;
    }

    /**
     * Opens the listeners.
     *
     * @throws IllegalArgumentException for an address that is not loopback
     * @throws BindException where the port is taken on one of the addresses
     */
    public SmtpSink start() throws IOException {
        SinkTls sinkTls = tls == null ? null : new SinkTls(tls, tlsProtocols, askForCertificate);
        return new SmtpSink(new SinkSettings(hostName, sinkTls, requireTls, capabilities), listen());
    }

    /** A port that is free on the first address may be taken on the second. */
    private List<ServerSocket> listen() throws IOException {
        BindException last = new BindException("no port tried");
        for (int i = 0; i < (port == 0 ? BIND_ATTEMPTS : 1); i++) {
            List<ServerSocket> listeners = new ArrayList<>();
            try {
                for (String text : addresses) {
                    InetAddress address = InetAddress.getByName(text);
                    if (!address.isLoopbackAddress()) {
                        throw new IllegalArgumentException(text + " is not a loopback address");
                    }
                    int wanted = listeners.isEmpty() ? port : listeners.get(0).getLocalPort();
                    listeners.add(new ServerSocket(wanted, 200, address));
                }
                return listeners;
            } catch (BindException e) {
                for (ServerSocket listener : listeners) {
                    listener.close();
                }
                last = e;
            }
        }
        throw last;
    }
}
