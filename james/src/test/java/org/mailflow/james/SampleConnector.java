package org.mailflow.james;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Location;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.EightBitConversion;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.RetrySchedule;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.SmartHostSelection;
import org.mailflow.core.model.TlsSettings;
import org.mailflow.core.tls.CertificateName;

/** Writes an outbound connector for a test: by MX, without TLS demands, unless told. */
public final class SampleConnector {

    private final String name;
    private boolean enabled = true;
    private List<String> domains = List.of();
    private List<String> smartHosts = List.of();
    private int port = 25;
    private Optional<TlsSettings> tlsSettings = Optional.empty();
    private Optional<String> tlsDomain = Optional.empty();
    private Optional<String> certificate = Optional.empty();
    private Optional<String> fqdn = Optional.empty();
    private final List<Duration> intervals = new ArrayList<>(List.of(Duration.ofMinutes(1)));
    private EightBitConversion eightBitConversion = EightBitConversion.CONVERT;
    private Optional<Long> maxMessageSize = Optional.empty();
    private Optional<Duration> delayNotification = Optional.empty();
    private Duration expiration = Duration.ofDays(1);
    private SmartHostSelection selection = SmartHostSelection.ORDERED;
    private OutboundClient client = OutboundClient.DEFAULT;
    private List<EmailAddress> validationRecipients = List.of();

    private SampleConnector(String name) {
        this.name = name;
    }

    public static SampleConnector named(String name) {
        return new SampleConnector(name);
    }

    public SampleConnector disabled() {
        enabled = false;
        return this;
    }

    public SampleConnector domains(String... patterns) {
        domains = List.of(patterns);
        return this;
    }

    public SampleConnector smartHosts(String... hosts) {
        smartHosts = List.of(hosts);
        return this;
    }

    public SampleConnector port(int number) {
        port = number;
        return this;
    }

    public SampleConnector tls(TlsSettings settings) {
        tlsSettings = Optional.of(settings);
        return this;
    }

    public SampleConnector tlsDomain(String pattern) {
        tlsDomain = Optional.of(pattern);
        return this;
    }

    public SampleConnector certificate(String certificateName) {
        certificate = Optional.of(certificateName);
        return this;
    }

    public SampleConnector fqdn(String heloName) {
        fqdn = Optional.of(heloName);
        return this;
    }

    public SampleConnector retry(Duration expires, Duration... waits) {
        expiration = expires;
        intervals.clear();
        intervals.addAll(Arrays.asList(waits));
        return this;
    }

    public SampleConnector eightBitConversion(EightBitConversion conversion) {
        eightBitConversion = conversion;
        return this;
    }

    public SampleConnector selection(SmartHostSelection order) {
        selection = order;
        return this;
    }

    public SampleConnector client(OutboundClient behaviour) {
        client = behaviour;
        return this;
    }

    public SampleConnector maxMessageSize(long bytes) {
        maxMessageSize = Optional.of(bytes);
        return this;
    }

    public SampleConnector delayNotification(Duration timeout) {
        delayNotification = Optional.of(timeout);
        return this;
    }

    public SampleConnector validationRecipients(String... addresses) {
        validationRecipients = Arrays.stream(addresses).map(EmailAddress::parse).toList();
        return this;
    }

    public OutboundConnector build() {
        return new OutboundConnector(
                name,
                ConnectorType.PARTNER,
                enabled,
                domains.stream().map(DomainPattern::parse).toList(),
                false,
                smartHosts.isEmpty(),
                smartHosts.stream().map(SmartHost::parse).toList(),
                port,
                tlsSettings,
                tlsDomain.map(CertificateName::parse),
                certificate,
                fqdn,
                false,
                false,
                false,
                false,
                1,
                new RetrySchedule(intervals, expiration, delayNotification),
                maxMessageSize,
                eightBitConversion,
                selection,
                client,
                validationRecipients,
                "",
                new Location("mailflow.xml", 1, 1));
    }
}
