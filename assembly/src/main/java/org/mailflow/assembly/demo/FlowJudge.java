package org.mailflow.assembly.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.assembly.demo.DemoFlow.ExpectedCopy;
import org.mailflow.assembly.demo.DemoFlow.ExpectedHop;

/** Compares what became of a mail with what must become of it. One hop more, one copy more, or one name less is a failure. */
final class FlowJudge {

    private static final String VERIFIED = "verified";

    private FlowJudge() {}

    /** Whatever is wrong; nothing where the flow passed. */
    static List<String> judge(DemoFlow flow, List<Copy> copies, Trace trace) {
        List<String> reasons = new ArrayList<>();
        List<Copy> unexpected = new ArrayList<>(copies);
        for (ExpectedCopy expected : flow.copies()) {
            Optional<Copy> found = unexpected.stream()
                    .filter(copy ->
                            copy.end() == expected.end() && copy.address().equalsIgnoreCase(expected.recipient()))
                    .findFirst();
            found.ifPresentOrElse(
                    copy -> {
                        unexpected.remove(copy);
                        judge(expected, copy, reasons);
                    },
                    () -> reasons.add(
                            "no copy arrived in the mailbox of " + expected.recipient() + ", " + expected.end()));
        }
        unexpected.forEach(
                copy -> reasons.add("a copy too many is in the mailbox of " + copy.address() + ", " + copy.end()));
        reasons.addAll(trace.troubles());
        copies.forEach(copy -> reasons.addAll(copy.problems()));
        if (reasons.isEmpty()) {
            countTransfers(copies, trace, reasons);
        }
        return List.copyOf(reasons);
    }

    private static void judge(ExpectedCopy expected, Copy copy, List<String> reasons) {
        if (!ways(expected).equals(copy.hops().stream().map(Hop::toString).toList())) {
            reasons.add("the copy of " + expected.recipient() + " went " + copy.hops() + ", not " + expected.hops());
            return;
        }
        for (int i = 0; i < copy.hops().size(); i++) {
            judge(expected.hops().get(i), copy.hops().get(i), reasons);
        }
    }

    private static List<String> ways(ExpectedCopy expected) {
        return expected.hops().stream().map(ExpectedHop::toString).toList();
    }

    private static void judge(ExpectedHop expected, Hop hop, List<String> reasons) {
        if (!Set.copyOf(hop.recipients()).equals(Set.copyOf(expected.recipients()))) {
            reasons.add(hop + " was for " + hop.recipients() + ", not for " + expected.recipients());
        }
        if (expected.trust() != Trust.NONE && hop.tlsVersion().isEmpty()) {
            reasons.add(hop + " was in clear text");
        }
        if (expected.trust() == Trust.USER && hop.client().isEmpty()) {
            reasons.add(hop + ": nobody logged in");
        }
        if (expected.trust() == Trust.CERTIFICATES) {
            if (!isVerified(hop.client()) || hop.inboundConnector().isEmpty()) {
                reasons.add(hop + ": the client was not identified, but is "
                        + hop.client().orElse("unknown"));
            }
            if (!isVerified(hop.server())) {
                reasons.add(hop + ": the server was not identified, but is "
                        + hop.server().orElse("unknown"));
            }
        }
    }

    private static boolean isVerified(Optional<String> identity) {
        return identity.filter(text -> text.startsWith(VERIFIED)).isPresent();
    }

    /** Copies share hops; counted once each, they are all that the logs may tell of. */
    private static void countTransfers(List<Copy> copies, Trace trace, List<String> reasons) {
        Set<Hop> hops = new HashSet<>();
        copies.forEach(copy -> hops.addAll(copy.hops()));
        long handedOn = hops.stream().filter(hop -> hop.from().isOurs()).count();
        long received = hops.stream().filter(hop -> hop.to().isOurs()).count();
        if (trace.timesHandedOn() != handedOn) {
            reasons.add("the logs tell of " + trace.timesHandedOn() + " deliveries to other servers, and the copies of "
                    + handedOn);
        }
        if (trace.timesReceived() != received) {
            reasons.add("the logs tell of " + trace.timesReceived() + " receptions, and the copies of " + received);
        }
    }
}
