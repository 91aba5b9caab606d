package org.mailflow.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.event.MailLog;

/** A server whose mail goes by {@link FaultyMailet}, with two further tries, a second apart. */
final class PoisonedServer {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final MailRepositoryUrl POISON = MailRepositoryUrl.from("jpa://var/mail/poison");
    /** How often a mail is tried before it is set aside. */
    static final int TRIES = 3;

    private static final String BEFORE = "      <mailet match=\"RecipientIs=held@contoso.example\"";

    private PoisonedServer() {}

    /** Writes the configuration; each line is a mailet in root. */
    static ServerDirectories prepare(Path directory, String... mailets) throws Exception {
        ServerDirectories directories = TestServer.prepare(directory);
        replace(directories, "mailetcontainer.xml", BEFORE, String.join("\n", mailets) + "\n" + BEFORE);
        replace(
                directories,
                "mailflow.xml",
                "  </server>",
                """
                    <spoolRetryIntervals>1s*2</spoolRetryIntervals>
                    <poisonRepository>jpa://var/mail/poison</poisonRepository>
                    <maxMimeDepth>1000000</maxMimeDepth>
                    <maxMimeParts>1000000</maxMimeParts>
                  </server>""");
        replace(
                directories,
                "recipients.csv",
                "ann@contoso.example,,",
                "ann@contoso.example,,\nheld@contoso.example,,");
        return directories;
    }

    /** The mails that are set aside. */
    static List<Mail> setAside(MailflowServer server) {
        try {
            MailRepository repository = server.get(MailRepositoryStore.class).select(POISON);
            List<Mail> mails = new ArrayList<>();
            for (var keys = repository.list(); keys.hasNext(); ) {
                MailKey key = keys.next();
                mails.add(repository.retrieve(key));
            }
            return mails;
        } catch (MailRepositoryStore.MailRepositoryStoreException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Mail> awaitSetAside(MailflowServer server, int count) {
        await().atMost(PATIENCE).until(() -> repositorySize(server) >= count);
        return setAside(server);
    }

    private static long repositorySize(MailflowServer server) throws Exception {
        return server.get(MailRepositoryStore.class).select(POISON).size();
    }

    /** Asks WebAdmin for something, as an operator does. */
    static void administer(Path directory, MailflowServer server, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + server.webAdminPort().orElseThrow() + path))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + Files.readString(directory.resolve("data/webadmin.token"))
                                                        .strip())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer::body).isBetween(200, 299);
    }

    static List<MailEvent> events(Path directory, MailEvent.Type type) {
        List<MailEvent> events = new ArrayList<>();
        try {
            MailLog.read(directory.resolve("data/mail.log"), event -> {
                if (event.type() == type) {
                    events.add(event);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    static void replace(ServerDirectories directories, String file, String old, String replacement) throws IOException {
        Path path = directories.configuration().resolve(file);
        String content = Files.readString(path);
        if (!content.contains(old)) {
            throw new IllegalStateException(file + " has no " + old);
        }
        Files.writeString(path, content.replace(old, replacement));
    }
}
