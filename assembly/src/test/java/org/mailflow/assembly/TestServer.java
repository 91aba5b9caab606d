package org.mailflow.assembly;

import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;

/** A server for contoso.example on the configuration of the tests, with one mailbox. */
final class TestServer {
    static final String DOMAIN = "contoso.example";
    static final String USER = "ann@contoso.example";
    static final String PASSWORD = "secret";

    private TestServer() {}

    /** Starts a server that keeps configuration and data below a directory. */
    static MailflowServer start(Path directory, Module... overrides) throws Exception {
        MailflowServer server = MailflowServer.start(
                prepare(directory), Map.of(), Modules.override(notes()).with(overrides));
        UsersRepository users = server.get(UsersRepository.class);
        Username ann = Username.of(USER);
        if (!users.contains(ann)) {
            users.addUser(ann, PASSWORD);
        }
        return server;
    }

    /** Copies the configuration of the tests, with a certificate of its own, unless that was done before. */
    static ServerDirectories prepare(Path directory) throws IOException, GeneralSecurityException {
        Path configuration = directory.resolve("conf");
        if (Files.notExists(configuration)) {
            Files.createDirectories(configuration);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("src", "test", "resources", "conf"))) {
                for (Path file : files) {
                    Files.copy(file, configuration.resolve(file.getFileName()));
                }
            }
            TestCertificate.selfSigned("mail.contoso.example").write(configuration);
        }
        return new ServerDirectories(configuration, directory.resolve("data"));
    }

    private static Module notes() {
        return binder -> binder.bind(RecordingHook.Notes.class).toInstance(new RecordingHook.Notes());
    }
}
