package org.mailflow.benchmarks.relay;

import java.util.List;

/** The ways out that the servers of some cells have; the same servers serve all cells of a layout. */
enum Layout {
    /** A smart host for everything, and for three domains one with TLS, a slow one, and a slow one with TLS. */
    SMART_HOSTS,
    /** Ten domains with a smart host each. */
    TEN,
    /** One smart host, which goes down and comes back. */
    OUTAGE;

    List<Way> ways() {
        return switch (this) {
            case SMART_HOSTS -> List.of(Way.PLAIN, Way.TLS, Way.SLOW, Way.SLOW_TLS);
            case TEN -> Way.ten();
            case OUTAGE -> List.of(Way.PLAIN);
        };
    }
}
