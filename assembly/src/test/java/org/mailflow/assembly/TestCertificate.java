package org.mailflow.assembly;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A self-signed certificate and its key, made for one test. */
record TestCertificate(KeyPair keys, X509Certificate certificate) {

    static TestCertificate selfSigned(String name) throws GeneralSecurityException {
        return selfSigned(name, Instant.now().plus(Duration.ofDays(1)));
    }

    static TestCertificate selfSigned(String name, Instant notAfter) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        X500Name subject = new X500Name("CN=" + name);
        try {
            var built = new JcaX509v3CertificateBuilder(
                            subject,
                            new BigInteger(64, new SecureRandom()),
                            Date.from(Instant.now().minus(Duration.ofDays(30))),
                            Date.from(notAfter),
                            subject,
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
            return new TestCertificate(keys, new JcaX509CertificateConverter().getCertificate(built));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    void write(Path directory) throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("key.pem"),
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        Files.writeString(directory.resolve("certificate.pem"), pem("CERTIFICATE", certificate.getEncoded()));
    }

    KeyManager[] asClient() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", keys.getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static String pem(String type, byte[] content) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }
}
