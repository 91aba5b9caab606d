package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.explain.Explainer;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.Question;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/**
 * The decisions for {@code decisions/cases.txt}, as {@code decisions/expected.txt} has them. A change of policy is a
 * change of that file, and reviewed as such; the actual table stands in {@code target/decisions.txt}.
 */
class GoldenDecisionsTest {

    private static final Path FOLDER = Path.of("src/test/resources/decisions");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void decidesEveryCaseAsRecorded() throws IOException {
        Configuration configuration = MailflowXml.read(FOLDER.resolve("mailflow.xml"), 1);
        assertThat(configuration.errors()).isEmpty();
        Mailflow mailflow = configuration.mailflow().orElseThrow();

        List<String> actual = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("cases.txt"), StandardCharsets.UTF_8)) {
            actual.addAll(line.startsWith("#") ? List.of(line) : decide(mailflow, line));
        }

        Files.write(Path.of("target/decisions.txt"), actual);
        assertThat(actual).isEqualTo(Files.readAllLines(FOLDER.resolve("expected.txt"), StandardCharsets.UTF_8));
    }

    private static List<String> decide(Mailflow mailflow, String line) {
        Explanation.OfRecipient explained =
                Explainer.explain(mailflow, question(line), NOW).recipients().get(0);
        List<String> lines = new ArrayList<>();
        lines.add(line);
        lines.add("  " + explained.reply()
                + explained
                        .route()
                        .map(route -> " -> " + route + ", to "
                                + explained.deliveryAddress().orElse("?") + " " + explained.nextHops()
                                + explained.tls().map(tls -> " TLS " + tls).orElse(""))
                        .orElse(""));
        explained.steps().stream()
                .skip(1)
                .forEach(step -> lines.add("    " + step.question() + ": " + step.answer() + ": " + step.reason()));
        return lines;
    }

    private static Question question(String line) {
        String[] field = Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        Peer peer = new Peer(
                IpAddress.parse(field[0]),
                given(field[1]).map(version -> new TlsSession(version, "TLS_AES_256_GCM_SHA384")),
                identity(field[2]),
                given(field[3]).map(EmailAddress::parse));
        Optional<EmailAddress> sender =
                field[4].equals("<>") ? Optional.empty() : Optional.of(EmailAddress.parse(field[4]));
        long size = field.length > 6 ? Long.parseLong(field[6]) : 0;
        return new Question(peer, sender, List.of(EmailAddress.parse(field[5])), List.of(), size);
    }

    private static Optional<String> given(String field) {
        return field.equals("-") ? Optional.empty() : Optional.of(field);
    }

    private static PeerIdentity identity(String field) {
        if (field.equals("-")) {
            return PeerIdentity.none();
        }
        List<String> names = Arrays.asList(field.substring(1).split(","));
        return field.startsWith("+")
                ? new PeerIdentity.Verified(names)
                : new PeerIdentity.Unverified("self-signed", names);
    }
}
