package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.util.List;

/** A kind of work that every system is measured at. */
interface Cell {

    /** What it is called on the command line, in lines of results and in the table. */
    String name();

    Layout layout();

    /** The ways out that its mail takes. */
    List<Way> ways();

    /** How much work it is measured with where nobody says otherwise. */
    Effort effort();

    /** How many rounds are worth their time, where so many are wanted. */
    default int rounds(int wanted) {
        return wanted;
    }

    /** Whether the system can do this in reasonable time. */
    default boolean isFor(SystemName system) {
        return system.isRelay();
    }

    /** Measures a system. Afterwards it is as before, with nothing in its queue. */
    Measurement measure(Subject subject, Effort effort) throws IOException, InterruptedException;
}
