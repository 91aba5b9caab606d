package org.mailflow.core.config.reading;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities that the Java runtime trusts: what the word {@code system} stands for. */
final class SystemAuthorities {

    private SystemAuthorities() {}

    /**
     * Their certificates.
     *
     * @throws IllegalStateException where the runtime's own store is broken, which no configuration can mend
     */
    static Set<X509Certificate> certificates() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore theRuntimesOwn = null;
            factory.init(theRuntimesOwn);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The trusted authorities of the Java runtime cannot be read", e);
        }
    }
}
