package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.PermFailException;

/**
 * A key with which senders sign their mail by DKIM (RFC 6376): each mail twice, once so that a relay may fold and re-space
 * it, once so that not a blank may change.
 */
final class DkimKey {

    /** Both signatures, as {@link #verified} names them. */
    static final Set<String> BOTH = Set.of("relaxed/relaxed", "simple/simple");

    private static final int BITS = 2048;
    private static final String SIGNATURE =
            "v=1; a=rsa-sha256; c=%s; d=%s; s=test; h=From:To:Subject:Date:Message-ID; bh=; b=;";

    private final KeyPair keys;

    DkimKey() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        keys = generator.generateKeyPair();
    }

    /** The mail with both signatures above it. */
    byte[] sign(byte[] mail, String domain) throws IOException, FailException {
        StringBuilder signed = new StringBuilder();
        for (String canonicalization : BOTH) {
            DKIMSigner signer = new DKIMSigner(SIGNATURE.formatted(canonicalization, domain), keys.getPrivate());
            signed.append(signer.sign(new ByteArrayInputStream(mail))).append("\r\n");
        }
        return signed.append(new String(mail, ISO_8859_1)).toString().getBytes(ISO_8859_1);
    }

    /** Which signatures of a mail hold, by their canonicalization; none where it is not signed. */
    Set<String> verified(byte[] mail) throws IOException {
        Set<String> verified = new TreeSet<>();
        try {
            List<SignatureRecord> records = new DKIMVerifier((methods, selector, domain) -> List.of(publicRecord()))
                    .verify(new ByteArrayInputStream(mail));
            if (records != null) {
                records.forEach(record -> verified.add(
                        record.getHeaderCanonicalisationMethod() + "/" + record.getBodyCanonicalisationMethod()));
            }
        } catch (PermFailException e) {
            return Set.of();
        } catch (FailException e) {
            throw new IOException(e);
        }
        return verified;
    }

    private String publicRecord() {
        byte[] encoded = Base64.getEncoder().encode(keys.getPublic().getEncoded());
        return "v=DKIM1; k=rsa; p=" + new String(encoded, US_ASCII);
    }
}
