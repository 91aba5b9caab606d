package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.directory.RecipientDirectory;

/** A reload keeps the directories whose settings are the same, and closes those that no snapshot names any more. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class OpenDirectoriesTest {

    private static final int KEPT_SNAPSHOTS = 16;

    private final OpenDirectories open = new OpenDirectories();
    private Path file;
    private LiveMailflow live;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        file = folder.resolve("mailflow.xml");
        write("dc=contoso,dc=com");
        live = new LiveMailflow(new MailflowXml(file, Map.of(), Clock.systemUTC(), open)::read, Clock.systemUTC());
        live.onReload(next -> open.retain(live.kept()));
    }

    @AfterEach
    void stop() {
        open.close();
    }

    @Test
    void theSameSettingsAreTheSameConnectionsAndAnswers() throws Exception {
        RecipientDirectory before = directory();

        live.reload();

        assertThat(directory()).isSameAs(before);
        assertThat(open.servers()).hasSize(1);
    }

    @Test
    void changedSettingsAreOpenedBesideTheOldOnesUntilNoSnapshotNeedsThose() throws Exception {
        RecipientDirectory before = directory();
        write("ou=people,dc=contoso,dc=com");

        live.reload();
        assertThat(directory()).isNotSameAs(before);
        assertThat(open.servers()).hasSize(2);

        for (int i = 0; i < KEPT_SNAPSHOTS; i++) {
            live.reload();
        }
        assertThat(open.servers()).hasSize(1).doesNotContain((LdapDirectory) before);
    }

    @Test
    void whatSessionsWereAnsweredIsKeptWithTheDirectory() throws Exception {
        PromptMailflow sessions = new PromptMailflow(live);
        RecipientDirectory before = sessions.current().organizations().get(0).directory();

        live.reload();
        RecipientDirectory same = sessions.current().organizations().get(0).directory();
        write("ou=people,dc=contoso,dc=com");
        live.reload();
        RecipientDirectory other = sessions.current().organizations().get(0).directory();

        assertThat(same).isSameAs(before);
        assertThat(other).isNotSameAs(before);
    }

    private RecipientDirectory directory() {
        return live.current().organizations().get(0).directory().parts().get(0);
    }

    private void write(String baseDn) throws Exception {
        Files.writeString(
                file,
                """
                <mailflow>
                  <server><fqdn>mail.contoso.com</fqdn></server>
                  <organization name="contoso" premises="onPremises">
                    <acceptedDomain name="contoso.com" type="authoritative"/>
                    <recipients>
                      <ldap name="corp"><url>ldaps://dc1.contoso.com</url><baseDn>%s</baseDn></ldap>
                    </recipients>
                  </organization>
                </mailflow>
                """
                        .formatted(baseDn));
    }
}
