package org.mailflow.core.config.reading;

import static org.mailflow.core.config.settings.OutboundConnectorSettings.AUTHENTICATION_PASSWORD;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.AUTHENTICATION_PASSWORD_FILE;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.AUTHENTICATION_USER;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.CONNECTION_INACTIVITY_TIME_OUT;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.FORCE_HELO;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.MAX_OUTBOUND_CONNECTIONS;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SMART_HOST_AUTH_MECHANISM;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SMTP_MAX_MESSAGES_PER_CONNECTION;
import static org.mailflow.core.config.settings.OutboundConnectorSettings.SOURCE_IP_ADDRESS;

import java.util.Optional;
import java.util.OptionalInt;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.SmartHostAuthMechanism;
import org.mailflow.core.model.SmartHostAuthentication;

/** Reads how the server behaves as an SMTP client, in the element {@code outboundConnector}. */
final class OutboundClientReader {

    private final Reading reading;

    OutboundClientReader(Reading reading) {
        this.reading = reading;
    }

    OutboundClient read(Section section) {
        OutboundClient otherwise = OutboundClient.DEFAULT;
        return new OutboundClient(
                section.one(MAX_OUTBOUND_CONNECTIONS).map(OptionalInt::of).orElse(OptionalInt.empty()),
                section.one(SMTP_MAX_MESSAGES_PER_CONNECTION, otherwise.smtpMaxMessagesPerConnection()),
                section.one(CONNECTION_INACTIVITY_TIME_OUT, otherwise.connectionInactivityTimeOut()),
                authentication(section),
                section.list(SOURCE_IP_ADDRESS),
                section.one(FORCE_HELO, false));
    }

    private Optional<SmartHostAuthentication> authentication(Section section) {
        SmartHostAuthMechanism mechanism = section.one(SMART_HOST_AUTH_MECHANISM, SmartHostAuthMechanism.NONE);
        Optional<String> user = section.one(AUTHENTICATION_USER);
        Optional<String> password = section.one(AUTHENTICATION_PASSWORD)
                .or(() -> PasswordFile.read(section, AUTHENTICATION_PASSWORD_FILE, reading));
        return mechanism == SmartHostAuthMechanism.NONE
                ? Optional.empty()
                : user.flatMap(account -> password.map(secret -> new SmartHostAuthentication(
                        mechanism == SmartHostAuthMechanism.BASIC_AUTH_REQUIRE_TLS, account, secret)));
    }
}
