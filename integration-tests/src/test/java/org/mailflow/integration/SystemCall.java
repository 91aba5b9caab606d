package org.mailflow.integration;

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
record SystemCall(String name, String target, String arguments, String result, int begun, int ended) {

    boolean isWrite() {
        return name.equals("write") || name.equals("writev") || name.equals("pwrite64") || name.equals("sendto");
    }

    boolean isSync() {
        return (name.equals("fsync") || name.equals("fdatasync")) && result.startsWith("0");
    }

    /** Whether it wrote this text. */
    boolean carries(String text) {
        return isWrite() && arguments.contains(text);
    }
}
