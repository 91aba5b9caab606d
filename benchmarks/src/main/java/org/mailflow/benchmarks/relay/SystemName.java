package org.mailflow.benchmarks.relay;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The systems that are compared. */
enum SystemName {
    PF("pf", "Postfix as installed", false),
    PFTUNED("pftuned", "Postfix, tuned", false),
    JAMES("james", "stock James 3.8.1", true),
    OURS("ours", "Mailflow", true),
    DIRECT("direct", "no server between", false);

    private final String word;
    private final String title;
    private final boolean java;

    SystemName(String word, String title, boolean java) {
        this.word = word;
        this.title = title;
        this.java = java;
    }

    /** What it is called on the command line and in lines of results. */
    String word() {
        return word;
    }

    /** What it is called in the table. */
    String title() {
        return title;
    }

    /** Whether it keeps mail when its next hop does not take it. */
    boolean isRelay() {
        return this != DIRECT;
    }

    /** Whether it must run a while before it is as fast as it gets. */
    boolean isJava() {
        return java;
    }

    /**
     * The system of a word.
     *
     * @throws IllegalArgumentException where there is none; the message names all
     */
    static SystemName of(String word) {
        return Arrays.stream(values())
                .filter(name -> name.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no system " + word + "; there are "
                        + Arrays.stream(values()).map(SystemName::word).collect(Collectors.joining(", "))));
    }
}
