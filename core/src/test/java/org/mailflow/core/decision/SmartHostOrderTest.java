package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.config.Location;
import org.mailflow.core.model.ConnectorType;
import org.mailflow.core.model.EightBitConversion;
import org.mailflow.core.model.OutboundClient;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.RetrySchedule;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.SmartHostSelection;

class SmartHostOrderTest {

    private static final int MAILS = 20_000;

    @ParameterizedTest
    @CsvSource({
        "ORDERED,     a;0 b c,      0, a b c",
        "ORDERED,     a b c,        7, a b c",
        "ROUND_ROBIN, a b c,        0, a b c",
        "ROUND_ROBIN, a b c,        1, b c a",
        "ROUND_ROBIN, a b c,        5, c a b",
        "ROUND_ROBIN, spare;0 a b,  1, b a spare",
        "ROUND_ROBIN, a b c,       -1, c a b",
        "ROUND_ROBIN, a;0 b;0,      1, a b",
        "WEIGHTED,    a,            3, a",
        "WEIGHTED,    b;0 a c;0,    3, a b c"
    })
    void asksInThisOrder(SmartHostSelection selection, String hosts, long turn, String expected) {
        List<SmartHost> order = SmartHostOrder.of(hosts(hosts), selection, turn, new SplittableRandom(1));

        assertThat(order).extracting(SmartHost::toString).containsExactly(expected.split(" "));
    }

    @Test
    void sharesAsTheWeightsSayWhateverTheyAre() {
        Random seeds = new Random(20_261_128);
        for (int run = 0; run < 20; run++) {
            List<SmartHost> hosts = IntStream.rangeClosed(0, 1 + seeds.nextInt(5))
                    .mapToObj(i -> SmartHost.parse("host" + i + ".example;" + seeds.nextInt(1, 10)))
                    .toList();
            Map<SmartHost, Integer> first = new HashMap<>();
            SplittableRandom random = new SplittableRandom(seeds.nextLong());
            for (int mail = 0; mail < MAILS; mail++) {
                List<SmartHost> order = SmartHostOrder.of(hosts, SmartHostSelection.WEIGHTED, mail, random);
                assertThat(order).containsExactlyInAnyOrderElementsOf(hosts);
                first.merge(order.get(0), 1, Integer::sum);
            }

            double all = hosts.stream().mapToInt(SmartHost::weight).sum();
            assertThat(hosts).allSatisfy(host -> assertThat(first.getOrDefault(host, 0) / (double) MAILS)
                    .isCloseTo(host.weight() / all, within(0.02)));
        }
    }

    @Test
    void sharesWhatAHostInTroubleLeavesByWeightToo() {
        List<SmartHost> hosts = hosts("dead;6 a;3 b;1");
        SplittableRandom random = new SplittableRandom(5);

        long afterDead = 0;
        long toA = 0;
        for (int mail = 0; mail < MAILS; mail++) {
            List<SmartHost> order = SmartHostOrder.of(hosts, SmartHostSelection.WEIGHTED, mail, random);
            if (order.get(0).toString().equals("dead")) {
                afterDead++;
                toA += order.get(1).toString().equals("a") ? 1 : 0;
            }
        }

        assertThat(toA / (double) afterDead).isCloseTo(0.75, within(0.02));
    }

    @ParameterizedTest
    @CsvSource({
        "ORDERED,     a b:26,        a:25 | b:26",
        "ROUND_ROBIN, a b;0,         a:25 (in turn) | b:25 (after the others)",
        "WEIGHTED,    a;3 b c;0,     a:25 (75 % of mails) | b:25 (25 % of mails) | c:25 (after the others)"
    })
    void explainsTheOrder(SmartHostSelection selection, String hosts, String expected) {
        OutboundConnector connector = new OutboundConnector(
                "Fabrikam",
                ConnectorType.PARTNER,
                true,
                List.of(),
                false,
                false,
                hosts(hosts),
                25,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                false,
                1,
                new RetrySchedule(List.of(Duration.ofMinutes(1)), Duration.ofDays(1)),
                Optional.empty(),
                EightBitConversion.CONVERT,
                selection,
                OutboundClient.DEFAULT,
                List.of(),
                "",
                new Location("mailflow.xml", 1, 1));

        assertThat(String.join(" | ", SmartHostOrder.describe(connector))).isEqualTo(expected);
    }

    private static List<SmartHost> hosts(String text) {
        return Arrays.stream(text.split(" ")).map(SmartHost::parse).toList();
    }
}
