package org.mailflow.core.config.reading;

import java.time.Duration;
import java.util.List;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.settings.OutboundConnectorSettings;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.EightBitConversion;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.RetrySchedule;
import org.mailflow.core.model.SmartHostSelection;

/** Reads the element {@code outboundConnector}. */
final class OutboundConnectorReader {

    private static final int SMTP = 25;

    private final OutboundClientReader clientReader;

    OutboundConnectorReader(Reading reading) {
        this.clientReader = new OutboundClientReader(reading);
    }

    Draft<OutboundConnector> read(Section section, RetrySchedule serverSchedule) {
        OutboundConnector connector = new OutboundConnector(
                section.one(OutboundConnectorSettings.NAME, ""),
                section.one(OutboundConnectorSettings.CONNECTOR_TYPE, ConnectorType.PARTNER),
                section.one(OutboundConnectorSettings.ENABLED, true),
                section.list(OutboundConnectorSettings.RECIPIENT_DOMAINS),
                section.one(OutboundConnectorSettings.ALL_ACCEPTED_DOMAINS, false),
                section.one(OutboundConnectorSettings.USE_MX_RECORD, true),
                section.list(OutboundConnectorSettings.SMART_HOSTS),
                section.one(OutboundConnectorSettings.PORT, SMTP),
                section.one(OutboundConnectorSettings.TLS_SETTINGS),
                section.one(OutboundConnectorSettings.TLS_DOMAIN),
                section.one(OutboundConnectorSettings.TLS_CERTIFICATE_NAME),
                section.one(OutboundConnectorSettings.FQDN).map(DomainName::value),
                section.one(OutboundConnectorSettings.IS_TRANSPORT_RULE_SCOPED, false),
                section.one(OutboundConnectorSettings.ROUTE_ALL_MESSAGES_VIA_ON_PREMISES, false),
                section.one(OutboundConnectorSettings.CLOUD_SERVICES_MAIL_ENABLED, false),
                section.one(OutboundConnectorSettings.SENDER_REWRITING_ENABLED, false),
                section.one(OutboundConnectorSettings.COST, 1),
                retrySchedule(section, serverSchedule),
                section.one(OutboundConnectorSettings.MAX_MESSAGE_SIZE),
                section.one(OutboundConnectorSettings.EIGHT_BIT_CONVERSION, EightBitConversion.CONVERT),
                section.one(OutboundConnectorSettings.SMART_HOST_SELECTION, SmartHostSelection.ORDERED),
                clientReader.read(section),
                section.list(OutboundConnectorSettings.VALIDATION_RECIPIENTS),
                section.one(OutboundConnectorSettings.COMMENT, ""),
                section.location());
        return new Draft<>(connector, section);
    }

    private static RetrySchedule retrySchedule(Section section, RetrySchedule otherwise) {
        List<Duration> intervals = section.list(OutboundConnectorSettings.RETRY_INTERVALS).stream()
                .flatMap(List::stream)
                .toList();
        return new RetrySchedule(
                intervals.isEmpty() ? otherwise.intervals() : intervals,
                section.one(OutboundConnectorSettings.MESSAGE_EXPIRATION_TIMEOUT, otherwise.messageExpirationTimeout()),
                section.one(OutboundConnectorSettings.DELAY_NOTIFICATION_TIMEOUT)
                        .or(otherwise::delayNotificationTimeout)
                        .filter(timeout -> !timeout.isZero()));
    }
}
