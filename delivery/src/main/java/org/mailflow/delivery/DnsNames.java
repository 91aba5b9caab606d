package org.mailflow.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.ip.IpAddress;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Looks names up by dnsjava. James' own DNS service answers alike for "no such host" and "no answer", and knows no IPv6,
 * so its resolver is asked directly: James registers it as dnsjava's default.
 */
public final class DnsNames implements Names {

    private final Optional<Resolver> resolver;
    private final Optional<Cache> cache;

    /** Asks dnsjava's default resolver, which James sets from {@code dnsservice.xml}. */
    public DnsNames() {
        this.resolver = Optional.empty();
        this.cache = Optional.empty();
    }

    /** Asks this resolver, with a cache of its own. */
    public DnsNames(Resolver resolver) {
        this.resolver = Optional.of(resolver);
        this.cache = Optional.of(new Cache());
    }

    @Override
    public Answer<String> mailExchangers(String domain) {
        Answer<Record> answer = ask(domain, Type.MX);
        if (!(answer instanceof Answer.Found<Record> found)) {
            return without(answer);
        }
        List<MXRecord> records = new ArrayList<>(
                found.values().stream().map(MXRecord.class::cast).toList());
        Collections.shuffle(records);
        records.sort(Comparator.comparingInt(MXRecord::getPriority));
        return new Answer.Found<>(
                records.stream().map(record -> text(record.getTarget())).toList());
    }

    @Override
    public Answer<IpAddress> addresses(String host) {
        Answer<Record> four = ask(host, Type.A);
        Answer<Record> six = ask(host, Type.AAAA);
        List<IpAddress> addresses = new ArrayList<>();
        if (four instanceof Answer.Found<Record> found) {
            found.values().forEach(record -> addresses.add(IpAddress.of(((ARecord) record).getAddress())));
        }
        if (six instanceof Answer.Found<Record> found) {
            found.values().forEach(record -> addresses.add(IpAddress.of(((AAAARecord) record).getAddress())));
        }
        if (!addresses.isEmpty()) {
            return new Answer.Found<>(addresses);
        }
        return four instanceof Answer.Unavailable<Record> ? without(four) : without(six);
    }

    private Answer<Record> ask(String name, int type) {
        Lookup lookup;
        try {
            lookup = new Lookup(Name.fromString(name, Name.root), type);
        } catch (TextParseException e) {
            return new Answer.None<>(false);
        }
        resolver.ifPresent(lookup::setResolver);
        cache.ifPresent(lookup::setCache);
        Record[] records = lookup.run();
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL -> new Answer.Found<>(Arrays.asList(records));
            case Lookup.HOST_NOT_FOUND -> new Answer.None<>(false);
            case Lookup.TYPE_NOT_FOUND -> new Answer.None<>(true);
            default -> new Answer.Unavailable<>("DNS gives no answer for " + name + ": " + lookup.getErrorString());
        };
    }

    private static <T> Answer<T> without(Answer<Record> answer) {
        return answer instanceof Answer.Unavailable<Record> unavailable
                ? new Answer.Unavailable<>(unavailable.why())
                : new Answer.None<>(answer instanceof Answer.None<Record> none && none.domainExists());
    }

    private static String text(Name target) {
        return target.equals(Name.root) ? "." : target.toString(true);
    }
}
