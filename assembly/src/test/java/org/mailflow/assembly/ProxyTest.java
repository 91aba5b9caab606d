package org.mailflow.assembly;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.TlsContexts;

/** Who is believed about where a client is. */
class ProxyTest {

    private static final String PROXY = "127.0.0.5";
    private static final String BLOCKED = "192.0.2.66";
    private static final String HEADER = "PROXY TCP4 192.0.2.1 192.0.2.2 40000 25\r\n";
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final Duration SOON = Duration.ofSeconds(6);

    private static MailflowServer server;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        ServerDirectories directories = TestServer.prepare(temporary);
        replace(
                directories.configuration().resolve("smtpserver.xml"),
                "<connectionLimitPerIP>100</connectionLimitPerIP>",
                "<connectionLimitPerIP>2</connectionLimitPerIP><proxyRequired>true</proxyRequired>");
        replace(
                directories.configuration().resolve("mailflow.xml"),
                "</fqdn>",
                "</fqdn><trustedProxies>" + PROXY + "</trustedProxies><ipBlockList><entry address=\"" + BLOCKED
                        + "\"/><entry address=\"2001:db8::66\"/><entry address=\"127.0.0.5\"/></ipBlockList>");
        server = TestServer.start(temporary);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("PROXY TCP4 192.0.2.66 192.0.2.2 40000 25\r\n", BLOCKED),
                Arguments.of("PROXY TCP6 2001:db8::66 2001:db8::2 40000 25\r\n", "2001:db8::66"),
                Arguments.of(
                        version2(0x21, 0x11, new byte[] {(byte) 192, 0, 2, 66, (byte) 192, 0, 2, 2, 1, 1, 0, 25}),
                        BLOCKED),
                // With a TLV behind the addresses, as proxies send them.
                Arguments.of(
                        version2(0x21, 0x11, new byte[] {
                            (byte) 192, 0, 2, 66, (byte) 192, 0, 2, 2, 1, 1, 0, 25, 5, 0, 3, 'a', 'b', 'c'
                        }),
                        BLOCKED),
                // LOCAL: the proxy looks whether the server is there, and is the client itself.
                Arguments.of(version2(0x20, 0x00, new byte[0]), PROXY));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void believesATrustedProxy(String header, String client) throws Exception {
        try (SmtpDialogue smtp = connect(PROXY)) {
            smtp.sendRaw(header.getBytes(ISO_8859_1)).expect("220");
            smtp.send("EHLO client.example").expect("250");

            assertThat(smtp.send("MAIL FROM:<a@x.test>").read().text())
                    .startsWith("550 5.7.513")
                    .contains("[" + client + "]");
        }
    }

    @Test
    void takesMailAndTlsBehindTheHeaderAndWhatIsSentWithIt() throws Exception {
        try (SmtpDialogue smtp = connect(PROXY)) {
            smtp.sendRaw((HEADER + "EHLO client.example\r\n").getBytes(ISO_8859_1))
                    .expect("220")
                    .expect("250");
            smtp.startTls(TlsContexts.gullibleClient())
                    .send("EHLO client.example")
                    .expect("250");
            smtp.send("MAIL FROM:<a@x.test>").expect("250");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.4", "127.0.0.6"})
    void saysNothingToAnybodyElse(String other) throws Exception {
        assertThat(whatIsSaidTo(other, HEADER + "EHLO client.example\r\n")).isEmpty();
        assertThat(whatIsSaidTo(other, "")).isEmpty();
    }

    static Stream<String> noHeaders() {
        return Stream.of(
                "",
                "EHLO client.example\r\n",
                "PROXY UNKNOWN\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 40000",
                "PROXY TCP4 192.0.2.1 192.0.2.2 40000 70000\r\n",
                "PROXY TCP4 mail.contoso.com 192.0.2.2 40000 25\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2\r\n",
                "PROXY TCP4 " + "1".repeat(200) + " 192.0.2.2 40000 25\r\n",
                "PROXY " + "x".repeat(100_000),
                "proxy tcp4 192.0.2.1 192.0.2.2 40000 25\r\n",
                SIGNATURE,
                version2(0x21, 0x11, new byte[] {1, 2, 3}),
                version2(0x21, 0x31, new byte[216]),
                version2(0x21, 0x00, new byte[0]),
                version2(0x21, 0x12, new byte[12]),
                version2(0x31, 0x11, new byte[12]),
                version2(0x21, 0x11, new byte[65_535]));
    }

    @ParameterizedTest
    @MethodSource("noHeaders")
    void saysNothingToAProxyThatSendsNoHeaderWithAnAddress(String sent) throws Exception {
        long began = System.nanoTime();

        assertThat(whatIsSaidTo(PROXY, sent)).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    }

    @Test
    void waitsForAHeaderThatComesOctetByOctetOnlySoLong() throws Exception {
        long began = System.nanoTime();
        try (Socket socket = socket(PROXY)) {
            socket.setSoTimeout(200);
            int sent = 0;
            boolean open = true;
            while (open && sent < HEADER.length() - 2) {
                try {
                    socket.getOutputStream().write(HEADER.charAt(sent++));
                    open = socket.getInputStream().read() >= 0;
                } catch (SocketTimeoutException stillOpen) {
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
                } catch (SocketException closed) {
                    open = false;
                }
            }
            assertThat(open).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("seconds")
    void closesWhereASecondHeaderFollows(String second) throws Exception {
        String said = whatIsSaidTo(PROXY, HEADER + second);

        assertThat(said).startsWith("220 ").doesNotContain("250").contains("421 4.7.0 A PROXY header is no command");
    }

    static Stream<String> seconds() {
        return Stream.of(
                "PROXY TCP4 192.0.2.66 192.0.2.2 40000 25\r\n",
                version2(0x21, 0x11, new byte[] {(byte) 192, 0, 2, 66, (byte) 192, 0, 2, 2, 1, 1, 0, 25}));
    }

    /** Two connections of an address are allowed here. */
    @Test
    void countsConnectionsByTheClientAndNotByTheProxy() throws Exception {
        try (SmtpDialogue first = behind("192.0.2.10").expect("220");
                SmtpDialogue second = behind("192.0.2.10").expect("220");
                SmtpDialogue other = behind("192.0.2.11").expect("220");
                SmtpDialogue another = behind("192.0.2.12").expect("220")) {
            assertThat(whatIsSaidTo(PROXY, "PROXY TCP4 192.0.2.10 192.0.2.2 40000 25\r\n"))
                    .doesNotContain("220");
            for (SmtpDialogue smtp : new SmtpDialogue[] {first, second, other, another}) {
                smtp.send("QUIT").expect("221");
            }
        }
    }

    private static SmtpDialogue behind(String client) throws IOException {
        return connect(PROXY).sendRaw(("PROXY TCP4 " + client + " 192.0.2.2 40000 25\r\n").getBytes(ISO_8859_1));
    }

    private static SmtpDialogue connect(String from) throws IOException {
        return SmtpDialogue.connect("127.0.0.1", server.smtpPorts().get(0), from);
    }

    /** All that the server says until it closes the connection. */
    private static String whatIsSaidTo(String from, String sent) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (Socket socket = socket(from)) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                said.write(octet);
            }
        } catch (SocketException reset) {
            // Closed with something unread.
            return said.toString(ISO_8859_1);
        }
        return said.toString(ISO_8859_1);
    }

    private static Socket socket(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddresses.forString(from), 0));
        socket.connect(new InetSocketAddress(
                InetAddresses.forString("127.0.0.1"), server.smtpPorts().get(0)));
        return socket;
    }

    private static String version2(int command, int family, byte[] addresses) {
        return SIGNATURE
                + (char) command
                + (char) family
                + (char) (addresses.length >> 8)
                + (char) (addresses.length & 0xFF)
                + new String(addresses, ISO_8859_1);
    }

    private static void replace(Path file, String text, String replacement) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, replacement));
    }
}
