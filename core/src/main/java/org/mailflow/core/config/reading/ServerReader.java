package org.mailflow.core.config.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.ServerElements;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.FaultSchedule;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.IpListEntry;
import org.mailflow.core.model.Liveness;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.model.OutboundLimits;
import org.mailflow.core.model.RetryDefaults;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.core.model.SessionLimits;
import org.mailflow.core.tls.ServerCertificate;

/** Reads the element {@code server}. */
final class ServerReader {

    private final Reading reading;
    private final CertificateReader certificateReader;

    ServerReader(Reading reading) {
        this.reading = reading;
        this.certificateReader = new CertificateReader(reading);
    }

    ServerDraft read(Section section) {
        List<Draft<String>> names = new ArrayList<>();
        List<Draft<ServerCertificate>> certificates = new ArrayList<>();
        List<Section> exposed = new ArrayList<>();
        for (Section certificate : section.children(ServerElements.CERTIFICATE)) {
            certificate
                    .one(ServerElements.CERTIFICATE_NAME)
                    .ifPresent(name -> names.add(new Draft<>(name, certificate)));
            certificateReader
                    .certificate(certificate)
                    .ifPresent(read -> certificates.add(new Draft<>(read, certificate)));
            if (certificateReader.isKeyExposed(certificate)) {
                exposed.add(certificate);
            }
        }
        List<Draft<IpListEntry>> allowed = entries(section, ServerElements.IP_ALLOW_LIST);
        List<Draft<IpListEntry>> blocked = entries(section, ServerElements.IP_BLOCK_LIST);
        ServerSettings settings = new ServerSettings(
                section.one(ServerElements.FQDN).map(DomainName::value).orElse(""),
                list(allowed),
                list(blocked),
                certificates.stream().map(Draft::value).toList(),
                certificateReader.trusted(section),
                section.one(ServerElements.MINIMUM_FREE_SPACE, 0L),
                section.one(ServerElements.CERTIFICATE_CHECK_INTERVAL, ServerSettings.CERTIFICATE_CHECK_INTERVAL),
                section.child(ServerElements.LIMITS).map(ServerReader::limits).orElse(SessionLimits.DEFAULT),
                faultSchedule(section),
                mimeLimits(section),
                new Liveness(
                        section.one(ServerElements.LIVENESS_PROBE_INTERVAL, Liveness.DEFAULT.probeInterval()),
                        section.one(ServerElements.LIVENESS_LIMIT, Liveness.DEFAULT.limit()),
                        section.one(ServerElements.LIVENESS_EXIT, Liveness.DEFAULT.exit())),
                IpSet.of(section.list(ServerElements.TRUSTED_PROXIES).stream()
                        .flatMap(List::stream)
                        .toList()),
                outboundLimits(section),
                retryDefaults(section));
        return new ServerDraft(
                section,
                settings,
                names,
                certificates,
                exposed,
                Stream.concat(allowed.stream(), blocked.stream()).toList(),
                SecretReader.signingKey(section, reading));
    }

    private static SessionLimits limits(Section section) {
        SessionLimits otherwise = SessionLimits.DEFAULT;
        return new SessionLimits(
                section.one(ServerElements.MAX_RECIPIENTS, otherwise.maxRecipientsPerMessage()),
                section.one(ServerElements.MAX_PROTOCOL_ERRORS, otherwise.maxProtocolErrors()),
                section.one(ServerElements.MAX_LOGON_FAILURES, otherwise.maxLogonFailures()),
                section.one(ServerElements.MAX_LOGON_FAILURES_PER_ADDRESS, otherwise.maxLogonFailuresPerAddress()),
                section.one(ServerElements.CONNECTION_TIMEOUT, otherwise.connectionTimeout()));
    }

    private static MimeLimits mimeLimits(Section section) {
        MimeLimits otherwise = MimeLimits.DEFAULT;
        return new MimeLimits(
                section.one(ServerElements.MAX_MESSAGE_SIZE, otherwise.maxMessageSize()),
                section.one(ServerElements.MAX_HEADER_SIZE, otherwise.maxHeaderSize()),
                section.one(ServerElements.MAX_HEADER_FIELDS, otherwise.maxHeaderFields()),
                section.one(ServerElements.MAX_LINE_LENGTH, otherwise.maxLineLength()),
                section.one(ServerElements.MAX_BOUNDARY_LENGTH, otherwise.maxBoundaryLength()),
                section.one(ServerElements.MAX_MIME_DEPTH, otherwise.maxDepth()),
                section.one(ServerElements.MAX_MIME_PARTS, otherwise.maxParts()));
    }

    private static OutboundLimits outboundLimits(Section section) {
        OutboundLimits otherwise = OutboundLimits.DEFAULT;
        List<Duration> intervals = section.list(ServerElements.HOST_RETRY_INTERVALS).stream()
                .flatMap(List::stream)
                .toList();
        return new OutboundLimits(
                section.one(
                        ServerElements.MAX_PER_DOMAIN_OUTBOUND_CONNECTIONS,
                        otherwise.maxPerDomainOutboundConnections()),
                section.one(
                        ServerElements.MAX_PER_HOST_OUTBOUND_CONNECTIONS, otherwise.maxPerHostOutboundConnections()),
                section.one(ServerElements.HOST_FAILURE_THRESHOLD, otherwise.hostFailureThreshold()),
                intervals.isEmpty() ? otherwise.hostRetryIntervals() : intervals);
    }

    private static RetryDefaults retryDefaults(Section section) {
        List<Duration> intervals = section.list(ServerElements.RETRY_INTERVALS).stream()
                .flatMap(List::stream)
                .toList();
        return new RetryDefaults(
                // Empty only where it is written and broken, which is a problem of its own.
                intervals.isEmpty() ? RetryDefaults.EXCHANGE.intervals() : intervals,
                section.one(ServerElements.MESSAGE_EXPIRATION_TIMEOUT),
                section.one(ServerElements.DELAY_NOTIFICATION_TIMEOUT).filter(timeout -> !timeout.isZero()));
    }

    private static FaultSchedule faultSchedule(Section section) {
        List<Duration> intervals = section.list(ServerElements.SPOOL_RETRY_INTERVALS).stream()
                .flatMap(List::stream)
                .toList();
        return new FaultSchedule(
                // Empty only where it is written and broken, which is a problem of its own.
                intervals.isEmpty() ? FaultSchedule.DEFAULT.intervals() : intervals,
                section.one(ServerElements.POISON_REPOSITORY));
    }

    private static IpList list(List<Draft<IpListEntry>> entries) {
        return new IpList(entries.stream().map(Draft::value).toList());
    }

    private static List<Draft<IpListEntry>> entries(Section server, ElementSpec list) {
        return server.child(list).stream()
                .flatMap(section -> section.children(ServerElements.entryOf(list)).stream())
                .flatMap(entry -> entry(entry).stream())
                .toList();
    }

    private static Optional<Draft<IpListEntry>> entry(Section section) {
        Optional<Instant> expires = section.one(ServerElements.EXPIRES);
        String comment = section.one(ServerElements.ENTRY_COMMENT, "");
        return section.one(ServerElements.ADDRESS)
                .map(prefixes -> new IpListEntry(
                        section.written(ServerElements.ADDRESS), prefixes, expires, comment, section.location()))
                .map(entry -> new Draft<>(entry, section));
    }
}
