package org.mailflow.core.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mailflow.core.model.SessionLimits;

/** Holds the page of settings and the reader together, in both directions. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "settings.md");
    private static final Path WRITTEN = Path.of("target", "settings.md");

    @Test
    void pageShouldHaveEverySettingThatIsReadAndNoOther() throws IOException {
        String expected = SettingsPage.of(OrganizationElements.ROOT);
        Files.writeString(WRITTEN, expected);

        assertThat(Files.readString(PAGE).equals(expected))
                .as("docs/settings.md is as the reader is; after a change of a parameter copy core/%s there", WRITTEN)
                .isTrue();
    }

    @Test
    void limitsShouldHoldByDefaultAsThePageSays() {
        assertThat(SessionLimits.DEFAULT)
                .isEqualTo(new SessionLimits(
                        ServerElements.MAX_RECIPIENTS.defaultValue().orElseThrow(),
                        ServerElements.MAX_PROTOCOL_ERRORS.defaultValue().orElseThrow(),
                        ServerElements.MAX_LOGON_FAILURES.defaultValue().orElseThrow(),
                        ServerElements.MAX_LOGON_FAILURES_PER_ADDRESS
                                .defaultValue()
                                .orElseThrow(),
                        ServerElements.CONNECTION_TIMEOUT.defaultValue().orElseThrow()));
    }
}
