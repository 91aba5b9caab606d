package org.mailflow.testing.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.testing.peers.RequiresPeer;

class CertificateAuthorityTest {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final CertificateAuthority authority = CertificateAuthority.create("Test Root");

    @Test
    void issuesASoundLeaf() throws Exception {
        X509Certificate leaf = authority.issue("mail.contoso.com").certificate();

        leaf.verify(authority.certificate().getPublicKey());
        leaf.checkValidity();
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=mail.contoso.com");
        assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(2, "mail.contoso.com"));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly(SERVER_AUTH, CLIENT_AUTH);
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(((ECPublicKey) leaf.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
    }

    @Test
    void presentsTheIntermediateButNotTheRoot() throws Exception {
        CertificateAuthority intermediate = authority.intermediate("Test Intermediate");

        Credentials leaf = intermediate.issue("mail.contoso.com");

        assertThat(leaf.chain()).hasSize(2).last().isEqualTo(intermediate.certificate());
        leaf.certificate().verify(intermediate.certificate().getPublicKey());
        intermediate.certificate().verify(authority.certificate().getPublicKey());
        assertThat(leaf.leafOnly().chain()).containsExactly(leaf.certificate());
    }

    @Test
    void makesDifferentKeysForTheSameName() {
        CertificateAuthority impostor = CertificateAuthority.create("Test Root");

        assertThat(impostor.certificate().getSubjectX500Principal())
                .isEqualTo(authority.certificate().getSubjectX500Principal());
        assertThatThrownBy(() -> authority
                        .issue("mail.contoso.com")
                        .certificate()
                        .verify(impostor.certificate().getPublicKey()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void makesCertificatesOutsideOfTheirTime() {
        X509Certificate expired = authority.order("a.test").expired().issue().certificate();
        X509Certificate early = authority.order("a.test").notYetValid().issue().certificate();

        assertThatThrownBy(expired::checkValidity).isInstanceOf(CertificateExpiredException.class);
        assertThatThrownBy(early::checkValidity).isInstanceOf(CertificateNotYetValidException.class);
    }

    @Test
    void makesWhatNoHonestAuthorityWould() throws Exception {
        X509Certificate odd = authority
                .order("ignored")
                .subject("O=\"x,CN=victim.example\",CN=attacker.example")
                .dnsNames("p.example\0.evil", "*")
                .ipAddress("192.0.2.1")
                .uri("smtp://p.example")
                .mailAddress("a@p.example")
                .forClientsOnly()
                .rsaKey(1024)
                .digest("SHA1")
                .issue()
                .certificate();

        assertThat(odd.getSubjectX500Principal().getName()).isEqualTo("CN=attacker.example,O=x\\,CN\\=victim.example");
        assertThat(odd.getSubjectAlternativeNames())
                .containsExactly(
                        List.of(2, "p.example\0.evil"),
                        List.of(2, "*"),
                        List.of(7, "192.0.2.1"),
                        List.of(6, "smtp://p.example"),
                        List.of(1, "a@p.example"));
        assertThat(odd.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
        assertThat(((RSAPublicKey) odd.getPublicKey()).getModulus().bitLength()).isEqualTo(1024);
        assertThat(odd.getSigAlgName()).isEqualTo("SHA1withECDSA");
    }

    @Test
    void signsASelfSignedCertificateWithItsOwnKey() {
        Credentials own = CertificateOrder.selfSigned("mail.contoso.com")
                .dnsNames("mail.contoso.com")
                .forServersOnly()
                .issue();

        assertThatCode(() -> own.certificate().verify(own.certificate().getPublicKey()))
                .doesNotThrowAnyException();
        assertThat(own.chain()).hasSize(1);
    }

    @Test
    void writesPemThatJavaReadsBack(@TempDir Path directory) throws Exception {
        Credentials leaf = authority.intermediate("Test Intermediate").issue("mail.contoso.com");

        PemFiles files = leaf.writePem(directory, "server");

        byte[] chain = Files.readAllBytes(files.certificates());
        assertThat(CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(chain)))
                .hasSize(2)
                .first()
                .isEqualTo(leaf.certificate());
        String base64 =
                Files.readString(files.key(), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\n", "");
        assertThat(KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))))
                .isEqualTo(leaf.privateKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
                .isEqualTo("rw-------");
    }

    @Test
    @RequiresPeer("openssl")
    void satisfiesOpenssl(@TempDir Path directory) throws Exception {
        PemFiles leaf = authority
                .intermediate("Test Intermediate")
                .issue("mail.contoso.com")
                .writePem(directory, "leaf");
        Path root = authority.writeCertificate(directory.resolve("root.crt"));

        Process verify = new ProcessBuilder(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslclient",
                        "-verify_hostname",
                        "mail.contoso.com",
                        "-CAfile",
                        root.toString(),
                        "-untrusted",
                        leaf.certificates().toString(),
                        leaf.certificates().toString())
                .redirectErrorStream(true)
                .start();

        String printed = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(printed).isZero();
    }
}
