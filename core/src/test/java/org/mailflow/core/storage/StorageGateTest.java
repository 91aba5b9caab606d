package org.mailflow.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.ip.IpSet;
import org.mailflow.core.model.FaultSchedule;
import org.mailflow.core.model.IpList;
import org.mailflow.core.model.Liveness;
import org.mailflow.core.model.MimeLimits;
import org.mailflow.core.model.OutboundLimits;
import org.mailflow.core.model.RetryDefaults;
import org.mailflow.core.model.ServerSettings;
import org.mailflow.core.model.SessionLimits;

class StorageGateTest {

    private static final long MEGA = 1024L * 1024L;

    @ParameterizedTest
    @CsvSource({
        // free, reserve, size, refused
        "300, 200, 0, false",
        "200, 200, 0, false",
        "199, 200, 0, true",
        "300, 200, 100, false",
        "300, 200, 101, true",
        "0, 0, 0, false",
        "0, 0, 1, true",
        "150, 200, 10, true",
    })
    void keepsTheReserveFree(long free, long reserve, long size, boolean refused) {
        assertThat(StorageGate.judge(server(reserve * MEGA), free * MEGA, size * MEGA))
                .matches(closed -> closed.isPresent() == refused);
    }

    @Test
    void saysWhyAndThatThePeerMayTryAgain() {
        StorageGate.Closed closed =
                StorageGate.judge(server(200 * MEGA), 210 * MEGA, 30 * MEGA).orElseThrow();

        assertThat(closed.reply()).isEqualTo(new Reply(452, "4.3.1", "Insufficient system storage"));
        assertThat(closed.reply().isTemporary()).isTrue();
        assertThat(closed.reason().text())
                .isEqualTo("210 MB are free, and minimumFreeSpace demands 200 MB beside a mail of 30 MB");
    }

    @Test
    void isNotDeceivedByASizeBeyondAllNumbers() {
        assertThat(StorageGate.judge(server(200 * MEGA), 300 * MEGA, Long.MAX_VALUE))
                .isPresent();
    }

    private static ServerSettings server(long reserve) {
        return new ServerSettings(
                "mx.example",
                new IpList(List.of()),
                new IpList(List.of()),
                List.of(),
                Set.of(),
                reserve,
                ServerSettings.CERTIFICATE_CHECK_INTERVAL,
                SessionLimits.DEFAULT,
                FaultSchedule.DEFAULT,
                MimeLimits.DEFAULT,
                Liveness.DEFAULT,
                IpSet.of(List.of()),
                OutboundLimits.DEFAULT,
                RetryDefaults.EXCHANGE);
    }
}
