package org.mailflow.benchmarks.relay;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A way out: mail for a domain goes to a smart host of its own.
 *
 * @param name of the connector, the queue or the transport that leads there
 * @param tls whether nothing goes there but by TLS to a host that proves its name
 * @param pause between the end of each mail and the smart host's reply to it
 */
record Way(String name, boolean tls, Duration pause) {

    private static final Duration SLOW_REPLY = Duration.ofMillis(20);
    private static final int SEVERAL = 10;

    static final Way PLAIN = new Way("plain", false, Duration.ZERO);
    static final Way TLS = new Way("tls", true, Duration.ZERO);
    static final Way SLOW = new Way("slow", false, SLOW_REPLY);
    static final Way SLOW_TLS = new Way("slowtls", true, SLOW_REPLY);

    /** Ten equal ones. */
    static List<Way> ten() {
        return IntStream.range(0, SEVERAL)
                .mapToObj(number -> new Way("way" + number, false, Duration.ZERO))
                .toList();
    }

    /** The domain of its recipients. */
    String domain() {
        return name + ".relay.test";
    }
}
