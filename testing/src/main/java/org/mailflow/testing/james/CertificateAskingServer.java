package org.mailflow.testing.james;

import javax.net.ssl.SSLContext;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetricsImpl;

/** James' SMTP server with a TLS context that asks for a client's certificate; the context says which it takes. */
@SuppressWarnings("unchecked") // James overrides a method of its own with a raw type.
public final class CertificateAskingServer extends SMTPServer {

    private final SSLContext tls;

    /** A server that is still to be configured. */
    public CertificateAskingServer(MetricFactory metrics, SSLContext tls) {
        super(new SmtpMetricsImpl(metrics));
        this.tls = tls;
    }

    @Override
    protected void buildSSLContext() {
        encryption = Encryption.createStartTls(tls, null, null, ClientAuth.WANT);
    }
}
