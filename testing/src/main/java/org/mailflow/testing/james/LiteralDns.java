package org.mailflow.testing.james;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import org.apache.james.dnsservice.api.DNSService;

/** A DNS that knows addresses only, as their own names. */
public final class LiteralDns implements DNSService {

    private final boolean reverse;

    private LiteralDns(boolean reverse) {
        this.reverse = reverse;
    }

    /** One that turns an address into a name at once, which James' own handlers ask for. */
    public static LiteralDns answering() {
        return new LiteralDns(true);
    }

    /** One that fails a test which asks for the name of an address: the front door must not do that. */
    public static LiteralDns withoutReverseLookUps() {
        return new LiteralDns(false);
    }

    @Override
    public Collection<String> findMXRecords(String hostname) {
        return List.of();
    }

    @Override
    public Collection<String> findTXTRecords(String hostname) {
        return List.of();
    }

    @Override
    public Collection<InetAddress> getAllByName(String host) {
        return List.of(getByName(host));
    }

    @Override
    public InetAddress getByName(String host) {
        return InetAddresses.forString(host);
    }

    @Override
    public InetAddress getLocalHost() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public String getHostName(InetAddress address) {
        if (reverse) {
            return address.getHostAddress();
        }
        throw new AssertionError("a reverse look-up of " + address);
    }
}
