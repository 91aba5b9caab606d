package org.mailflow.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.SMTPSessionImpl;
import org.junit.jupiter.api.Test;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.model.Premises;

class PlaintextTest {

    /** A session over no wire; James asks its transport about TLS. */
    private static SMTPSession session(boolean tls) {
        ProtocolTransport transport = (ProtocolTransport) Proxy.newProxyInstance(
                PlaintextTest.class.getClassLoader(),
                new Class<?>[] {ProtocolTransport.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isTLSStarted" -> tls;
                    case "getSSLSession" ->
                        Optional.of(SSLContext.getDefault().createSSLEngine().getSession());
                    case "getRemoteAddress" -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new SMTPSessionImpl(transport, new SMTPConfigurationImpl());
    }

    /** The handshake takes the client's answer: a command that is here before it was in clear text. */
    @Test
    void endsTheConnectionAtACommandBeforeTheHandshake() throws InvalidConfigurationException {
        LiveMailflow live = new LiveMailflow(
                generation -> new Configuration(
                        Optional.of(Organizations.mailflow(generation, Premises.ON_PREMISES)), List.of()),
                Clock.systemUTC());
        Response response = Objects.requireNonNull(
                new MailflowCommandDispatcher(live).onLine(session(true), "EHLO evil\r\n".getBytes(US_ASCII)));

        assertThat(response.getRetCode()).isEqualTo("421");
        assertThat(response.isEndSession()).isTrue();
    }

    @Test
    void guardsAfterEveryReplyButTheOneThatAsksForContent() {
        SMTPSession session = session(false);
        session.stopDetectingCommandInjection();

        Plaintext.guardAfter(session, null);
        assertThat(session.needsCommandInjectionDetection()).isFalse();
        Plaintext.guardAfter(session, new SMTPResponse("354", "go on"));
        assertThat(session.needsCommandInjectionDetection()).isFalse();
        Plaintext.guardAfter(session, new SMTPResponse("503", "no"));
        assertThat(session.needsCommandInjectionDetection()).isTrue();
    }

    @Test
    void guardsNothingInsideOfTls() {
        SMTPSession session = session(true);
        session.stopDetectingCommandInjection();

        Plaintext.guardAfter(session, new SMTPResponse("250", "ok"));

        assertThat(session.needsCommandInjectionDetection()).isFalse();
    }
}
