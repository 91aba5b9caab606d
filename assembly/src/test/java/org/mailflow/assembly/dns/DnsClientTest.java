package org.mailflow.assembly.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.delivery.Names.Answer;
import org.mailflow.testing.dns.LoopbackDns;

class DnsClientTest {
    private final DnsClient client = new DnsClient(new DropWizardMetricFactory(new MetricRegistry()));
    private LoopbackDns dns;

    @BeforeEach
    void startDns() throws Exception {
        dns = LoopbackDns.start();
        dns.mx("cpandl.com", 10, "mail.cpandl.com").a("mail.cpandl.com", "127.0.0.4");
    }

    @AfterEach
    void stopDns() {
        dns.close();
    }

    @Test
    void asksAServerOnAnotherPort() throws Exception {
        client.configure(servers(text(dns.address())));
        client.init();

        assertThat(client.findMXRecords("cpandl.com")).containsExactly("mail.cpandl.com.");
        assertThat(client.getByName("mail.cpandl.com").getHostAddress()).isEqualTo("127.0.0.4");
    }

    @Test
    void lendsItsServersToDeliveries() throws Exception {
        ClientNames names = new ClientNames(client);
        client.configure(servers(text(dns.address())));
        client.init();

        Answer<IpAddress> found = names.addresses("mail.cpandl.com");

        assertThat(found).isEqualTo(new Answer.Found<>(List.of(IpAddress.parse("127.0.0.4"))));
    }

    @Test
    void asksTheOperatingSystemsServersWhereTheElementIsEmpty() throws Exception {
        client.configure(servers(""));
        client.init();

        assertThat(client.getDNSServers()).isNotEmpty();
        assertThat(dns.queries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolver.example", "127.0.0.1:x", "127.0.0.1:70000", "127.0.0"})
    void refusesWhatIsNoAddress(String server) {
        assertThatThrownBy(() -> client.configure(servers(server)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("127.0.0.1:5353");
    }

    private static BaseHierarchicalConfiguration servers(String... servers) {
        BaseHierarchicalConfiguration file = new BaseHierarchicalConfiguration();
        for (String server : servers) {
            file.addProperty("servers.server", server);
        }
        return file;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
