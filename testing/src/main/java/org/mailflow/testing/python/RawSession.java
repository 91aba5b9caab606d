package org.mailflow.testing.python;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mailflow.testing.tls.PemFiles;

/**
 * What a {@link RawClient} is to say in one connection, and when to listen. Texts are sent as ISO-8859-1, one byte a character.
 *
 * <pre>{@code
 * RawSession.to("127.0.0.1", port).from("127.0.0.99").read(1)
 *         .say("EHLO client.test").say("MAIL FROM:<a@x.test>")
 *         .sendByteByByte("RCPT TO:<v@evil.test>\r\nQUIT\r\n").drain();
 * }</pre>
 */
public final class RawSession {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final String host;
    private final int port;
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private String source = "127.0.0.1";

    private RawSession(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Begins a session with a server. */
    public static RawSession to(String host, int port) {
        return new RawSession(host, port);
    }

    /** Connects from this address of the machine, 127.0.0.1 unless told otherwise. */
    public RawSession from(String address) {
        source = address;
        return this;
    }

    /** Sends a command line, and reads one reply. */
    public RawSession say(String line) {
        return send(line + "\r\n").read(1);
    }

    /** Sends a text in one write. */
    public RawSession send(String text) {
        return send(text, Duration.ZERO);
    }

    /** Sends a text in as many writes as there are bytes. */
    public RawSession sendByteByByte(String text) {
        return send(text, Duration.ZERO, IntStream.range(1, text.length()).toArray());
    }

    /**
     * Sends a text in several writes.
     *
     * @param pause between one write and the next
     * @param cuts where a write ends and the next begins, ascending
     */
    public RawSession send(String text, Duration pause, int... cuts) {
        return step(
                "send",
                Map.of(
                        "bytes", Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1)),
                        "pause", pause.toMillis() / 1000.0,
                        "cuts", Arrays.stream(cuts).boxed().toList()));
    }

    /** Reads so many replies. */
    public RawSession read(int count) {
        return step("read", Map.of("count", count));
    }

    /** Sends DATA, and this content with its end where the server wants it. */
    public RawSession data(String content) {
        return step("data", Map.of("bytes", Base64.getEncoder().encodeToString(content.getBytes(ISO_8859_1))));
    }

    /** Reads every reply until the server closes the connection, or says nothing for a while. */
    public RawSession drain() {
        return drain(SILENCE);
    }

    /** Reads every reply until the server closes the connection, or says nothing for so long. */
    public RawSession drain(Duration silence) {
        return step("drain", Map.of("silence", silence.toMillis() / 1000.0));
    }

    /** Sends STARTTLS, reads the reply and shakes hands. */
    public RawSession startTls() {
        return say("STARTTLS").secure();
    }

    /** Sends STARTTLS, reads the reply and shakes hands, with a certificate. */
    public RawSession startTls(PemFiles identity) {
        return say("STARTTLS").secure(identity);
    }

    /** Shakes hands now, without a certificate. */
    public RawSession secure() {
        return step("secure", Map.of());
    }

    /** Shakes hands now, with a certificate. */
    public RawSession secure(PemFiles identity) {
        return step("secure", files(identity));
    }

    /**
     * Shakes hands now, and resumes the TLS session that was kept under a name, if there is one.
     *
     * @param maximum the highest version to offer: {@code TLSv1_2}, {@code TLSv1_3}
     */
    public RawSession secureResuming(String name, String maximum) {
        return step("secure", Map.of("session", name, "maximum", maximum));
    }

    /** As {@link #secureResuming(String, String)}, with a certificate. */
    public RawSession secureResuming(String name, String maximum, PemFiles identity) {
        Map<String, Object> details = new LinkedHashMap<>(files(identity));
        details.put("session", name);
        details.put("maximum", maximum);
        return step("secure", details);
    }

    /** Keeps the TLS session under a name. */
    public RawSession keep(String name) {
        return step("keep", Map.of("session", name));
    }

    private static Map<String, Object> files(PemFiles identity) {
        return Map.of(
                "certificates", identity.certificates().toString(),
                "key", identity.key().toString());
    }

    private RawSession step(String name, Map<String, ?> details) {
        Map<String, Object> step = new LinkedHashMap<>(details);
        step.put("do", name);
        steps.add(step);
        return this;
    }

    /** The session as the client reads it. */
    Map<String, Object> toRequest(int id) {
        return Map.of(
                "id",
                id,
                "host",
                host,
                "port",
                port,
                "source",
                source,
                "seconds",
                PATIENCE.toSeconds(),
                "steps",
                steps);
    }
}
