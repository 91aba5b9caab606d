package org.mailflow.testing.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class PeersTest {
    private final String before = System.getProperty(PeerCondition.PROPERTY, "");

    @BeforeEach
    void allowMissing() {
        System.setProperty(PeerCondition.PROPERTY, "optional");
    }

    @AfterEach
    void restore() {
        System.setProperty(PeerCondition.PROPERTY, before);
    }

    @Test
    void findsWhatIsInstalled() {
        assertThat(Peers.obstacle("sh")).isEmpty();
        assertThat(Peers.obstacle("no-such-program")).hasValue("no-such-program is not on the PATH");
    }

    @Test
    void skipsByDefault() {
        Events tests = run();

        tests.assertStatistics(statistics -> statistics.started(1).succeeded(1).skipped(1));
        assertThat(tests.skipped().list())
                .singleElement()
                .extracting(event -> event.getRequiredPayload(String.class))
                .asString()
                .isEqualTo("peer no-such-program: no-such-program is not on the PATH");
    }

    @Test
    void failsWherePeersAreRequired() {
        System.setProperty(PeerCondition.PROPERTY, "required");

        Events tests = run();

        tests.assertStatistics(statistics -> statistics.failed(1).succeeded(1).skipped(0));
    }

    private static Events run() {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Sample.class))
                .execute()
                .testEvents();
    }

    /** Not run by itself: its name is not that of a test class. */
    static class Sample {
        @Test
        @RequiresPeer("no-such-program")
        void needsWhatIsNowhere() {
            throw new AssertionError("must not run");
        }

        @Test
        void needsNothing() {}
    }
}
