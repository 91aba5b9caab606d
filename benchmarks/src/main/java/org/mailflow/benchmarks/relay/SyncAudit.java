package org.mailflow.benchmarks.relay;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mailflow.testing.strace.SystemCall;
import org.mailflow.testing.strace.SystemCalls;

/** Whether a server had a mail on disk, content and envelope, before it said so: a write of each, and then a sync of that file. */
final class SyncAudit {

    /** The texts by which a mail is known in what was written: that of its content, and its recipient. */
    private static final Pattern TEXTS = Pattern.compile("\\d{8}-\\d{8}-xx|m\\d+-\\d+@[a-z.]+");

    private static final Pattern REPLY = Pattern.compile(".*->(?:\\[::ffff:)?127\\.0\\.0\\.1\\]?:(\\d+)\\]");
    private static final String TAKEN = "\"250 2.6.0 ";
    private static final String EVENTS = "mail.log";

    private final SystemCalls calls;
    private final Path data;
    private final ListMultimap<String, SystemCall> writes = ArrayListMultimap.create();
    private final ListMultimap<Integer, SystemCall> replies = ArrayListMultimap.create();

    /**
     * Reads what a server did.
     *
     * @param data the directory where it keeps mail
     */
    SyncAudit(SystemCalls calls, Path data) {
        this.calls = calls;
        this.data = data;
        calls.stream().filter(SystemCall::isWrite).forEach(this::note);
    }

    private void note(SystemCall call) {
        if (call.target().startsWith(data.toString())) {
            if (!call.target().endsWith(EVENTS)) {
                TEXTS.matcher(call.arguments())
                        .results()
                        .map(found -> found.group())
                        .distinct()
                        .forEach(text -> writes.put(text, call));
            }
            return;
        }
        Matcher reply = REPLY.matcher(call.target());
        if (call.carries(TAKEN) && reply.matches()) {
            replies.put(Integer.valueOf(reply.group(1)), call);
        }
    }

    /** How often a file below the directory was synced. */
    long syncs() {
        return calls.stream()
                .filter(SystemCall::isSync)
                .filter(call -> call.target().startsWith(data.toString()))
                .count();
    }

    /** What was said too early, a line each; empty where everything is well. */
    List<String> faults(Ledger ledger, Way way) {
        List<String> faults = new ArrayList<>();
        IntStream.range(0, ledger.capacity())
                .filter(number -> ledger.port(number) != 0)
                .forEach(number -> {
                    List<SystemCall> said = replies.get(ledger.port(number));
                    if (said.size() == 1) {
                        judge(ledger.mail(number), way, said.get(0), faults);
                    } else {
                        faults.add(ledger.mail(number) + " has " + said.size() + " replies on its connection");
                    }
                });
        return faults;
    }

    private void judge(MailNumber mail, Way way, SystemCall reply, List<String> faults) {
        for (String text : List.of(Content.mark(mail), mail.address(way.domain()))) {
            List<SystemCall> before = writes.get(text).stream()
                    .filter(write -> write.begun() < reply.begun())
                    .toList();
            // Where it goes on to the next queue at once, that may be written as well, and waits for no sync.
            if (before.stream().noneMatch(write -> calls.isSyncedBefore(write, reply.begun()))) {
                faults.add(text + " was written " + before.size() + " times before the reply on line " + reply.begun()
                        + ", and never synced before it");
            }
        }
    }
}
