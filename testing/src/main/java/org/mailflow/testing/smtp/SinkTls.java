package org.mailflow.testing.smtp;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * How a sink does TLS.
 *
 * @param protocols those that are allowed; empty for Java's defaults
 * @param askForCertificate whether the client is asked for a certificate, which it may refuse
 */
record SinkTls(SSLContext context, List<String> protocols, boolean askForCertificate) {
    SSLSocket accept(Socket connection) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory()
                .createSocket(connection, connection.getInetAddress().getHostAddress(), connection.getPort(), true);
        secured.setUseClientMode(false);
        secured.setWantClientAuth(askForCertificate);
        if (!protocols.isEmpty()) {
            secured.setEnabledProtocols(protocols.toArray(new String[0]));
        }
        secured.startHandshake();
        return secured;
    }
}
