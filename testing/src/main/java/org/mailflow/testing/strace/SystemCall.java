package org.mailflow.testing.strace;

import java.util.Set;

/**
 * A system call as strace saw it.
 *
 * @param name its own
 * @param target what its first argument, a descriptor, stands for: a path, or both ends of a connection
 * @param arguments everything between its parentheses
 * @param result what it returned, as text
 * @param begun the line on which it began; lines are in the order of time
 * @param ended the line on which it ended
 */
public record SystemCall(String name, String target, String arguments, String result, int begun, int ended) {

    private static final Set<String> WRITES = Set.of("write", "writev", "pwrite64", "pwritev", "sendto");

    /** Whether it wrote to a file or a connection. */
    public boolean isWrite() {
        return WRITES.contains(name);
    }

    /** Whether it brought a file to the disk. */
    public boolean isSync() {
        return (name.equals("fsync") || name.equals("fdatasync")) && result.startsWith("0");
    }

    /** Whether it wrote this text. */
    public boolean carries(String text) {
        return isWrite() && arguments.contains(text);
    }
}
