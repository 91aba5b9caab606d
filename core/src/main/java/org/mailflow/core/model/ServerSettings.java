package org.mailflow.core.model;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.tls.ServerCertificate;

/**
 * What belongs to the server and to no organization.
 *
 * @param fqdn the server's name in EHLO and Received
 * @param ipAllowList addresses that skip the block list and the spam filter
 * @param ipBlockList addresses that are refused
 * @param certificates the server's certificates, by name
 * @param trustedCertificates the authorities that peers' certificates may end at
 * @param minimumFreeSpace how much room the data directory keeps, in bytes; with less, no mail is accepted
 * @param certificateCheckInterval how often the files of the certificates are looked at
 * @param limits how much one client may take
 * @param faultSchedule what becomes of mail at which a fault of the server's own happened
 * @param mimeLimits how received mail may be built
 * @param liveness how the server finds out whether mail still flows
 * @param trustedProxies whose PROXY header is believed
 * @param outboundLimits how much one domain or next hop may take
 * @param retryDefaults when mail is tried again, unless its connector says something else
 */
public record ServerSettings(
        String fqdn,
        IpList ipAllowList,
        IpList ipBlockList,
        List<ServerCertificate> certificates,
        Set<X509Certificate> trustedCertificates,
        long minimumFreeSpace,
        Duration certificateCheckInterval,
        SessionLimits limits,
        FaultSchedule faultSchedule,
        MimeLimits mimeLimits,
        Liveness liveness,
        IpSet trustedProxies,
        OutboundLimits outboundLimits,
        RetryDefaults retryDefaults) {

    /** How often certificates are looked at where nothing is written. */
    public static final Duration CERTIFICATE_CHECK_INTERVAL = Duration.ofMinutes(1);

    private static final long DEFAULT_MINIMUM_FREE_SPACE = 200L * 1024 * 1024;

    /** Copies the collections. */
    public ServerSettings {
        certificates = List.copyOf(certificates);
        trustedCertificates = Set.copyOf(trustedCertificates);
    }

    /** A server with the defaults of everything that has one. */
    public ServerSettings(
            String fqdn,
            IpList ipAllowList,
            IpList ipBlockList,
            List<ServerCertificate> certificates,
            Set<X509Certificate> trustedCertificates) {
        this(
                fqdn,
                ipAllowList,
                ipBlockList,
                certificates,
                trustedCertificates,
                DEFAULT_MINIMUM_FREE_SPACE,
                CERTIFICATE_CHECK_INTERVAL,
                SessionLimits.DEFAULT,
                FaultSchedule.DEFAULT,
                MimeLimits.DEFAULT,
                Liveness.DEFAULT,
                IpSet.of(List.of()),
                OutboundLimits.DEFAULT,
                RetryDefaults.EXCHANGE);
    }

    /** The same settings with other certificates of the server. */
    public ServerSettings withCertificates(List<ServerCertificate> renewed) {
        return new ServerSettings(
                fqdn,
                ipAllowList,
                ipBlockList,
                renewed,
                trustedCertificates,
                minimumFreeSpace,
                certificateCheckInterval,
                limits,
                faultSchedule,
                mimeLimits,
                liveness,
                trustedProxies,
                outboundLimits,
                retryDefaults);
    }
}
