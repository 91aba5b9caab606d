package org.mailflow.core.tls;

import java.util.Arrays;
import java.util.Optional;

/** A version of SSL or TLS; later ones are greater. */
public enum TlsVersion {
    /** Broken (RFC 7568). */
    SSL_3("SSLv3"),
    /** Obsolete (RFC 8996). */
    TLS_1_0("TLSv1"),
    /** Obsolete (RFC 8996). */
    TLS_1_1("TLSv1.1"),
    /** RFC 5246. */
    TLS_1_2("TLSv1.2"),
    /** RFC 8446. */
    TLS_1_3("TLSv1.3");

    private final String jsseName;

    TlsVersion(String jsseName) {
        this.jsseName = jsseName;
    }

    /** As JSSE names it. */
    public String jsseName() {
        return jsseName;
    }

    /**
     * Reads {@code TLSv1.2} (as JSSE names it), {@code TLS1.2} or {@code 1.2}, in any case.
     *
     * @return empty where the text is no version
     */
    public static Optional<TlsVersion> parse(String text) {
        return Arrays.stream(values())
                .filter(version -> version.isNamed(text) || version.isNamed("TLSv" + text) || version.isNamed(v(text)))
                .findFirst();
    }

    private boolean isNamed(String text) {
        return jsseName.equalsIgnoreCase(text) || (this == TLS_1_0 && "TLSv1.0".equalsIgnoreCase(text));
    }

    private static String v(String text) {
        return text.regionMatches(true, 0, "TLS", 0, 3) ? "TLSv" + text.substring(3) : text;
    }
}
