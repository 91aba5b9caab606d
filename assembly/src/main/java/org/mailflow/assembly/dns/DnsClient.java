package org.mailflow.assembly.dns;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.dnsservice.dnsjava.DNSJavaService;
import org.apache.james.metrics.api.MetricFactory;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/**
 * James' DNS service with what dnsservice.xml says of name servers read more carefully: each may have a port, without any
 * the operating system's are asked, and nothing is registered for the whole process, which may run several servers.
 */
public final class DnsClient extends DNSJavaService {
    private static final String SERVERS = "servers.server";

    private List<Resolver> resolvers = List.of();

    @Inject
    DnsClient(MetricFactory metrics) {
        super(metrics);
    }

    /**
     * Reads dnsservice.xml.
     *
     * @throws ConfigurationException where a server is not an address, or an address with a port
     */
    @Override
    public void configure(HierarchicalConfiguration<ImmutableNode> file) throws ConfigurationException {
        resolvers = resolvers(file);
        HierarchicalConfiguration<ImmutableNode> forJames = new BaseHierarchicalConfiguration(file);
        forJames.clearTree("servers");
        forJames.setProperty("autodiscover", resolvers.isEmpty());
        forJames.setProperty("setAsDNSJavaDefault", false);
        super.configure(forJames);
    }

    @Override
    public void init() throws Exception {
        super.init();
        if (!resolvers.isEmpty()) {
            resolver = new ExtendedResolver(resolvers);
        }
    }

    /** A machine that cannot resolve its own name is no reason not to start: nothing here goes by that name. */
    @Override
    public InetAddress getLocalHost() {
        try {
            return super.getLocalHost();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    /** Whom every question goes to, once dnsservice.xml was read. */
    Resolver resolver() {
        return resolver;
    }

    /** The servers that the file names. */
    static List<Resolver> resolvers(HierarchicalConfiguration<ImmutableNode> file) throws ConfigurationException {
        List<String> servers = Arrays.stream(file.getStringArray(SERVERS))
                .map(String::strip)
                .filter(server -> !server.isEmpty())
                .toList();
        try {
            return servers.stream().map(DnsClient::resolver).toList();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "dnsservice.xml: write a <server> as 127.0.0.1, 127.0.0.1:5353 or [::1]:5353: " + e.getMessage(),
                    e);
        }
    }

    private static Resolver resolver(String server) {
        HostAndPort written = HostAndPort.fromString(server).withDefaultPort(SimpleResolver.DEFAULT_PORT);
        return new SimpleResolver(new InetSocketAddress(InetAddresses.forString(written.getHost()), written.getPort()));
    }
}
