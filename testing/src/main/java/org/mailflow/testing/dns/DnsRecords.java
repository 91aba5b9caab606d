package org.mailflow.testing.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The records and faults that the server answers from; safe for use by several threads. */
final class DnsRecords {
    private static final int LONGEST_ALIAS_CHAIN = 16;

    private final Map<Name, List<Record>> records = new HashMap<>();
    private final Map<Name, Map<Integer, DnsFault>> faults = new HashMap<>();

    synchronized void add(Record added) {
        records.computeIfAbsent(added.getName(), name -> new ArrayList<>()).add(added);
    }

    synchronized void remove(Name name, int type) {
        List<Record> held = records.get(name);
        if (held != null) {
            held.removeIf(candidate -> type == Type.ANY || candidate.getType() == type);
            if (held.isEmpty()) {
                records.remove(name);
            }
        }
    }

    synchronized void fail(Name name, int type, DnsFault fault) {
        faults.computeIfAbsent(name, key -> new HashMap<>()).put(type, fault);
    }

    synchronized void heal(Name name) {
        faults.remove(name);
    }

    synchronized @Nullable DnsFault fault(Name name, int type) {
        Map<Integer, DnsFault> held = faults.getOrDefault(name, Map.of());
        DnsFault fault = held.get(type);
        return fault != null ? fault : held.get(Type.ANY);
    }

    /** The records for a question, aliases first. Not exists means NXDOMAIN; exists without records is NODATA. */
    synchronized Answer answer(Name name, int type) {
        List<Record> found = new ArrayList<>();
        Name current = name;
        for (int i = 0; i < LONGEST_ALIAS_CHAIN; i++) {
            List<Record> held = heldFor(current);
            if (held == null) {
                return new Answer(found, !found.isEmpty() || hasNamesBelow(current));
            }
            Name owner = current;
            held.stream()
                    .filter(candidate -> type == Type.ANY || candidate.getType() == type)
                    .forEach(match -> found.add(owned(match, owner)));
            Name target = type == Type.CNAME || type == Type.ANY ? null : aliasTarget(held);
            if (target == null) {
                return new Answer(found, true);
            }
            held.stream().filter(CNAMERecord.class::isInstance).forEach(alias -> found.add(owned(alias, owner)));
            current = target;
        }
        return new Answer(found, true);
    }

    private @Nullable List<Record> heldFor(Name name) {
        List<Record> held = records.get(name);
        for (int labels = 1; held == null && labels < name.labels(); labels++) {
            held = records.get(name.wild(labels));
        }
        return held;
    }

    private static @Nullable Name aliasTarget(List<Record> held) {
        return held.stream()
                .filter(CNAMERecord.class::isInstance)
                .map(alias -> ((CNAMERecord) alias).getTarget())
                .findFirst()
                .orElse(null);
    }

    private static Record owned(Record found, Name owner) {
        if (found.getName().equals(owner)) {
            return found;
        }
        return Record.newRecord(
                owner, found.getType(), found.getDClass(), found.getTTL(), found.rdataToWireCanonical());
    }

    private boolean hasNamesBelow(Name name) {
        return records.keySet().stream().anyMatch(held -> held.subdomain(name));
    }

    record Answer(List<Record> records, boolean exists) {}
}
