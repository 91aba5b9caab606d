package org.mailflow.testing.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A DNS server on loopback, on one free port for UDP and TCP, that knows the names it is told and denies every other
 * (RFC 1035, RFC 2308). Records and faults may be changed while it runs; every record has a TTL of zero, so a change
 * is seen by the next query. Names are absolute with or without the final dot; {@code *.contoso.com} is a wildcard.
 */
public final class LoopbackDns implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final DnsRecords records = new DnsRecords();
    private final DnsResponder responder = new DnsResponder(records);
    private final DnsListeners listeners;

    private LoopbackDns(InetAddress address, int port) throws IOException {
        this.listeners = DnsListeners.open(address, port, responder);
    }

    /** Starts a server on 127.0.0.1. */
    public static LoopbackDns start() throws IOException {
        return start(InetAddress.getByAddress(LOOPBACK));
    }

    /**
     * Starts a server on any free port.
     *
     * @throws IllegalArgumentException for an address that is not loopback
     */
    public static LoopbackDns start(InetAddress address) throws IOException {
        return start(address, 0);
    }

    /**
     * Starts a server on a certain port, for programs that know no other than 53.
     *
     * @param port 0 for any free one
     * @throws IllegalArgumentException for an address that is not loopback
     * @throws java.net.BindException where somebody else has the port, or this process may not have it
     */
    public static LoopbackDns start(InetAddress address, int port) throws IOException {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException(address + " is not a loopback address");
        }
        return new LoopbackDns(address, port);
    }

    /** Where the server listens, over UDP and TCP. */
    public InetSocketAddress address() {
        return listeners.address();
    }

    /**
     * Adds a record.
     *
     * @param type for example {@code TLSA}
     * @param data as in a zone file, for example {@code 3 1 1 9b1c…}; names in it are absolute
     * @throws IllegalArgumentException for a name, type or data that does not parse
     */
    public LoopbackDns add(String name, String type, String data) {
        try {
            records.add(Record.fromString(name(name), type(type), DClass.IN, 0, data, Name.root));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "not a DNS record: " + name + " " + type + " " + data + ": " + e.getMessage(), e);
        }
        return this;
    }

    public LoopbackDns mx(String domain, int preference, String host) {
        return add(domain, "MX", preference + " " + host);
    }

    public LoopbackDns a(String host, String address) {
        return add(host, "A", address);
    }

    public LoopbackDns aaaa(String host, String address) {
        return add(host, "AAAA", address);
    }

    /** Adds a TXT record of one string or, where the text is longer than 255 bytes, as many as it takes. */
    public LoopbackDns txt(String name, String text) {
        StringBuilder data = new StringBuilder();
        for (int start = 0; start < text.length() || start == 0; start += 255) {
            String part = text.substring(start, Math.min(text.length(), start + 255));
            data.append('"')
                    .append(part.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\" ");
        }
        return add(name, "TXT", data.toString());
    }

    /** Removes the records of a type, or of every type with {@code ANY}. */
    public LoopbackDns remove(String name, String type) {
        records.remove(name(name), type(type));
        return this;
    }

    /** Makes every query for a name go wrong, until {@link #heal}. */
    public LoopbackDns fail(String name, DnsFault fault) {
        return fail(name, "ANY", fault);
    }

    /** Makes queries of one type for a name go wrong, until {@link #heal}. */
    public LoopbackDns fail(String name, String type, DnsFault fault) {
        records.fail(name(name), type(type), fault);
        return this;
    }

    /** Takes back every fault of a name. */
    public LoopbackDns heal(String name) {
        records.heal(name(name));
        return this;
    }

    /** The questions put so far, oldest first, also those that were left without an answer. */
    public List<DnsQuery> queries() {
        return responder.queries();
    }

    /** Empties {@link #queries}. */
    public void forgetQueries() {
        responder.forgetQueries();
    }

    @Override
    public void close() {
        listeners.close();
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("not a DNS name: " + text, e);
        }
    }

    private static int type(String mnemonic) {
        int type = Type.value(mnemonic.toUpperCase(Locale.ROOT));
        if (type < 0) {
            throw new IllegalArgumentException("not a DNS record type: " + mnemonic);
        }
        return type;
    }
}
