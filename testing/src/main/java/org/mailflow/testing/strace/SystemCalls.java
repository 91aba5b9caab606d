package org.mailflow.testing.strace;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The writes, syncs and openings of a process with all its threads, in the order of time. */
public final class SystemCalls {

    /** Runs a program and writes its calls to a file, with the names of descriptors and with whole contents. */
    public static String[] tracer(Path output) {
        return new String[] {
            "strace",
            "-f",
            "--seccomp-bpf",
            "-yy",
            "-s",
            "1048576",
            "-e",
            "trace=openat,write,writev,pwrite64,pwritev,sendto,fsync,fdatasync",
            "-e",
            "signal=none",
            "-o",
            output.toString()
        };
    }

    private static final Pattern WHOLE = Pattern.compile("(\\d+) +(\\w+)\\((.*)\\) += (.*)");
    private static final Pattern BEGUN = Pattern.compile("(\\d+) +(\\w+)\\((.*) <unfinished \\.\\.\\.>");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)\\) += (.*)");
    /** The text may itself have a bracket: {@code <TCPv6:[[::ffff:127.0.0.1]:25->[::ffff:127.0.0.1]:5000]>}. */
    private static final Pattern TARGET =
            Pattern.compile("-?\\w+<(TCP(?:v6)?:\\[.*?\\]|[^>]*)>(?:,.*)?", Pattern.DOTALL);

    private final List<SystemCall> calls = new ArrayList<>();

    private SystemCalls() {}

    /** What a call was called with, and where. */
    private record Begun(String name, String arguments, int line) {}

    /** Reads what {@link #tracer} wrote. */
    public static SystemCalls read(Path output) throws IOException {
        SystemCalls read = new SystemCalls();
        Map<String, Begun> open = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(output, StandardCharsets.ISO_8859_1)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read.add(line, number, open);
                number++;
            }
        }
        return read;
    }

    private void add(String line, int number, Map<String, Begun> open) {
        Matcher begun = BEGUN.matcher(line);
        if (begun.matches()) {
            open.put(begun.group(1), new Begun(begun.group(2), begun.group(3), number));
            return;
        }
        Matcher resumed = RESUMED.matcher(line);
        if (resumed.matches()) {
            Optional.ofNullable(open.remove(resumed.group(1)))
                    .ifPresent(call -> add(
                            call.name(), call.arguments() + resumed.group(3), resumed.group(4), call.line(), number));
            return;
        }
        Matcher whole = WHOLE.matcher(line);
        if (whole.matches()) {
            add(whole.group(2), whole.group(3), whole.group(4), number, number);
        }
    }

    private void add(String name, String arguments, String result, int begun, int ended) {
        Matcher target = TARGET.matcher(name.equals("openat") ? result : arguments);
        calls.add(new SystemCall(name, target.matches() ? target.group(1) : "", arguments, result, begun, ended));
    }

    /** All of them, in the order of time. */
    public Stream<SystemCall> stream() {
        return calls.stream();
    }

    /** Whether each write to this file is on disk before it returns. */
    public boolean isSyncedByOpening(String path) {
        List<SystemCall> openings = calls.stream()
                .filter(call -> call.name().equals("openat") && call.target().equals(path))
                .filter(call ->
                        call.arguments().contains("O_RDWR") || call.arguments().contains("O_WRONLY"))
                .toList();
        return !openings.isEmpty()
                && openings.stream()
                        .allMatch(call -> call.arguments().contains("O_DSYNC")
                                || call.arguments().contains("O_SYNC"));
    }

    /** Whether a write was on disk when the given line was written. */
    public boolean isSyncedBefore(SystemCall write, int line) {
        return isSyncedByOpening(write.target())
                || calls.stream()
                        .anyMatch(call -> call.isSync()
                                && call.target().equals(write.target())
                                && call.begun() > write.ended()
                                && call.ended() < line);
    }
}
