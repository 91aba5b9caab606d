package org.mailflow.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSecretTest {

    private final Path data;

    ServerSecretTest(@TempDir Path directory) {
        this.data = directory.resolve("data");
    }

    @Test
    void isMadeOnceForItsOwnerAlone() throws IOException {
        SigningKey first = ServerSecret.readOrCreate(data);
        SigningKey second = ServerSecret.readOrCreate(data);

        assertThat(second.sign("text", 32)).isEqualTo(first.sign("text", 32));
        assertThat(ServerSecret.read(data).orElseThrow().sign("text", 32)).isEqualTo(first.sign("text", 32));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(ServerSecret.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void whoOnlyLooksMakesNothing() {
        assertThat(ServerSecret.read(data)).isEmpty();
        assertThat(data).doesNotExist();
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve(ServerSecret.FILE), "");

        assertThatThrownBy(() -> ServerSecret.readOrCreate(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(data.resolve(ServerSecret.FILE).toString())
                .hasMessageContaining("remove it");
        assertThat(ServerSecret.read(data)).isEmpty();
    }
}
