package org.mailflow.core.operation;

import java.time.Duration;
import java.util.Optional;

/** Where deliveries tell what their attempts cost. Implementations are safe for use by many threads and never throw. */
public interface DeliveryMeter {

    /** A session with a next hop was begun, and got as far as taking mail. */
    void connected(Optional<String> organization, Optional<String> connector);

    /**
     * A next hop did not get as far as taking mail.
     *
     * @param tls whether for TLS: it is missing, its handshake failed, or the certificate is not the one demanded
     */
    void connectionFailed(Optional<String> organization, Optional<String> connector, boolean tls);

    /** An attempt to hand over a mail ended, however. */
    void attempted(Optional<String> organization, Optional<String> connector, Duration took);

    /** Measures nothing. */
    static DeliveryMeter none() {
        return new DeliveryMeter() {
            @Override
            public void connected(Optional<String> organization, Optional<String> connector) {
                // Nobody asked.
            }

            @Override
            public void connectionFailed(Optional<String> organization, Optional<String> connector, boolean tls) {
                // Nobody asked.
            }

            @Override
            public void attempted(Optional<String> organization, Optional<String> connector, Duration took) {
                // Nobody asked.
            }
        };
    }
}
