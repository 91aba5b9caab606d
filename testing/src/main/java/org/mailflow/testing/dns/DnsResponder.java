package org.mailflow.testing.dns;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Turns the bytes of a query into the bytes of a response, and remembers the question. */
final class DnsResponder {
    private static final int LARGEST_MESSAGE = 65_535;
    private static final int LARGEST_PLAIN_UDP_MESSAGE = 512;
    private static final int OUR_UDP_PAYLOAD = 1232;

    private final DnsRecords records;
    private final List<DnsQuery> queries = new CopyOnWriteArrayList<>();

    DnsResponder(DnsRecords records) {
        this.records = records;
    }

    List<DnsQuery> queries() {
        return List.copyOf(queries);
    }

    void forgetQueries() {
        queries.clear();
    }

    /**
     * Answers one query.
     *
     * @return empty where the client is to hear nothing
     */
    Optional<byte[]> respond(byte[] wire, boolean overTcp) {
        Message query;
        try {
            query = new Message(wire);
        } catch (IOException e) {
            return Optional.empty();
        }
        Record question = query.getQuestion();
        if (query.getHeader().getFlag(Flags.QR)) {
            return Optional.empty();
        }
        Message response = responseTo(query);
        if (question == null || query.getHeader().getOpcode() != Opcode.QUERY) {
            response.getHeader().setRcode(question == null ? Rcode.FORMERR : Rcode.NOTIMP);
            return Optional.of(response.toWire(LARGEST_MESSAGE));
        }
        queries.add(new DnsQuery(question.getName().toString(true), Type.string(question.getType()), overTcp));
        DnsFault fault = records.fault(question.getName(), question.getType());
        if (fault == DnsFault.TIMEOUT) {
            return Optional.empty();
        }
        fill(response, question, fault, overTcp);
        return Optional.of(response.toWire(overTcp ? LARGEST_MESSAGE : udpLimit(query)));
    }

    private void fill(Message response, Record question, @Nullable DnsFault fault, boolean overTcp) {
        if (fault == DnsFault.SERVFAIL) {
            response.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (fault == DnsFault.REFUSED) {
            response.getHeader().setRcode(Rcode.REFUSED);
        } else if (fault == DnsFault.NXDOMAIN) {
            deny(response, question.getName(), Rcode.NXDOMAIN);
        } else if (fault == DnsFault.TRUNCATED && !overTcp) {
            response.getHeader().setFlag(Flags.TC);
        } else {
            answer(response, question);
        }
    }

    private void answer(Message response, Record question) {
        DnsRecords.Answer answer = records.answer(question.getName(), question.getType());
        response.getHeader().setFlag(Flags.AA);
        answer.records().forEach(found -> response.addRecord(found, Section.ANSWER));
        if (answer.records().isEmpty()) {
            deny(response, question.getName(), answer.exists() ? Rcode.NOERROR : Rcode.NXDOMAIN);
        }
    }

    /** A negative answer carries a SOA record (RFC 2308); its zero TTL keeps clients from remembering it. */
    private static void deny(Message response, Name name, int rcode) {
        response.getHeader().setRcode(rcode);
        Name zone = name.labels() > 1 ? new Name(name, 1) : Name.root;
        response.addRecord(
                new SOARecord(zone, DClass.IN, 0, Name.root, Name.root, 1, 60, 60, 60, 0), Section.AUTHORITY);
    }

    private static Message responseTo(Message query) {
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setOpcode(query.getHeader().getOpcode());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            response.getHeader().setFlag(Flags.RD);
        }
        Record question = query.getQuestion();
        if (question != null) {
            response.addRecord(question, Section.QUESTION);
        }
        if (query.getOPT() != null) {
            response.addRecord(new OPTRecord(OUR_UDP_PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        return response;
    }

    private static int udpLimit(Message query) {
        OPTRecord options = query.getOPT();
        return options == null
                ? LARGEST_PLAIN_UDP_MESSAGE
                : Math.max(LARGEST_PLAIN_UDP_MESSAGE, Math.min(OUR_UDP_PAYLOAD, options.getPayloadSize()));
    }
}
