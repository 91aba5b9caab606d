package org.mailflow.assembly.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Asks the DNS where the mail of a domain goes, as a mail server on the internet does.
 *
 * @param nameServer whom to ask
 */
record MxLookup(InetSocketAddress nameServer) {

    /**
     * The address of the best MX host.
     *
     * @throws IOException where there is none
     */
    InetAddress find(String domain) throws IOException {
        MXRecord best = Arrays.stream(records(Name.fromString(domain, Name.root), Type.MX))
                .map(MXRecord.class::cast)
                .min(Comparator.comparingInt(MXRecord::getPriority))
                .orElseThrow();
        return ((ARecord) records(best.getTarget(), Type.A)[0]).getAddress();
    }

    private Record[] records(Name name, int type) throws IOException {
        Lookup lookup = new Lookup(name, type, DClass.IN);
        lookup.setResolver(new SimpleResolver(nameServer));
        lookup.setCache(null);
        Record[] found = lookup.run();
        if (found == null) {
            throw new IOException("no " + Type.string(type) + " record of " + name + ": " + lookup.getErrorString());
        }
        return found;
    }
}
