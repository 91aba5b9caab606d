package org.mailflow.directory;

import com.google.common.base.Ascii;
import com.google.common.net.InetAddresses;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.SSLSocketVerifier;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.mailflow.core.tls.CertificateName;
import org.mailflow.core.tls.PeerJudge;

/**
 * Checks that a server's certificate is for the host of its URL, by the subject alternative name alone (RFC 9525): a
 * dNSName for a name, an iPAddress for an address. The chain is checked in the handshake.
 */
final class ServerName extends SSLSocketVerifier {

    private static final int IP_ADDRESS = 7;

    @Override
    public void verifySSLSocket(String host, int port, SSLSocket socket) throws LDAPException {
        try {
            Certificate certificate = socket.getSession().getPeerCertificates()[0];
            if (!(certificate instanceof X509Certificate presented) || !isFor(presented, host)) {
                throw new LDAPException(
                        ResultCode.CONNECT_ERROR, "the certificate of " + host + ":" + port + " is not for " + host);
            }
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            throw new LDAPException(
                    ResultCode.CONNECT_ERROR,
                    "the certificate of " + host + ":" + port + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static boolean isFor(X509Certificate certificate, String host) throws CertificateParsingException {
        if (!InetAddresses.isInetAddress(host)) {
            List<String> names = PeerJudge.names(certificate);
            return host.indexOf('.') < 0
                    ? names.contains(Ascii.toLowerCase(host))
                    : names.stream().anyMatch(CertificateName.parse(host)::isSatisfiedBy);
        }
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null
                && names.stream()
                        .filter(name -> Objects.equals(name.get(0), IP_ADDRESS))
                        .anyMatch(name ->
                                InetAddresses.forString((String) name.get(1)).equals(InetAddresses.forString(host)));
    }
}
