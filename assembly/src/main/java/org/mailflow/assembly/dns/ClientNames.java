package org.mailflow.assembly.dns;

import com.google.common.base.Suppliers;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.delivery.DnsNames;
import org.mailflow.delivery.Names;

/** Lets deliveries ask the name servers of dnsservice.xml, which is read after they were made. */
final class ClientNames implements Names {
    private final Supplier<Names> names;

    @Inject
    ClientNames(DnsClient client) {
        this.names = Suppliers.memoize(() -> new DnsNames(client.resolver()));
    }

    @Override
    public Answer<String> mailExchangers(String domain) {
        return names.get().mailExchangers(domain);
    }

    @Override
    public Answer<IpAddress> addresses(String host) {
        return names.get().addresses(host);
    }
}
