package org.mailflow.assembly;

import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.nio.file.Path;
import java.util.Map;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;

/** A server for contoso.example on the configuration of the tests, with one mailbox. */
final class TestServer {
    static final String DOMAIN = "contoso.example";
    static final String USER = "ann@contoso.example";
    static final String PASSWORD = "secret";

    private TestServer() {}

    static MailflowServer start(Path data, Module... overrides) throws Exception {
        TestCertificate certificate = TestCertificate.selfSigned("mail.contoso.example");
        certificate.write(data.resolve("tls"));
        MailflowServer server = MailflowServer.start(
                new ServerDirectories(configuration(), data),
                Map.of(),
                Modules.override(notes()).with(overrides));
        UsersRepository users = server.get(UsersRepository.class);
        Username ann = Username.of(USER);
        if (!users.contains(ann)) {
            users.addUser(ann, PASSWORD);
        }
        return server;
    }

    static Path configuration() {
        return Path.of("src", "test", "resources", "conf");
    }

    private static Module notes() {
        return binder -> binder.bind(RecordingHook.Notes.class).toInstance(new RecordingHook.Notes());
    }
}
