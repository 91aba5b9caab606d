package org.mailflow.assembly.dns;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import org.apache.james.dnsservice.dnsjava.DNSJavaService;
import org.mailflow.delivery.Names;

/** {@link DnsClient} in place of James' own, for James and for deliveries. */
public final class DnsModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(DnsClient.class).in(Scopes.SINGLETON);
        bind(DNSJavaService.class).to(DnsClient.class);
        bind(Names.class).to(ClientNames.class).in(Scopes.SINGLETON);
    }
}
