package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailflow.core.event.MailEvent;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.integration.RandomQuestions.Asked;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/**
 * What explain says is what the server does: the reply to each RCPT TO, and for mail that is accepted the way of every copy,
 * its address and the host that it comes to.
 */
class ExplainEqualsTheServerTest {

    private static final long SEED = 20_260_701;
    private static final int CASES = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A question with its answer, and the mail that was sent; its recipients are those that were accepted. */
    private record Case(QuestionForm question, Explanation explanation, List<String> replies, TestMail mail) {

        List<OfRecipient> accepted() {
            return explanation.recipients().stream()
                    .filter(OfRecipient::accepted)
                    .toList();
        }

        Set<String> explainedRoutes() {
            return accepted().stream()
                    .map(recipient -> recipient.route().orElse("none") + " to "
                            + recipient.deliveryAddress().orElse("nobody"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(question.toString());
            explanation.recipients().forEach(recipient -> recipient.steps().forEach(step -> text.append("\n    ")
                    .append(recipient.recipient())
                    .append(": ")
                    .append(step.answer())
                    .append(": ")
                    .append(step.reason())));
            return text.toString();
        }
    }

    @Test
    void inTwoHundredRandomCases(@TempDir Path directory) throws Exception {
        try (Gateway gateway = new Gateway(directory)) {
            RandomQuestions questions = new RandomQuestions(SEED, gateway.authority());
            List<Case> cases = new ArrayList<>();
            for (int i = 0; i < CASES; i++) {
                cases.add(ask(gateway, questions.next()));
            }
            assertReplies(cases);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertWays(gateway, cases));
            assertTheCasesAreWorthIt(cases);
        }
    }

    private static Case ask(Gateway gateway, Asked asked) throws Exception {
        QuestionForm question = asked.form();
        Explanation explanation = gateway.server().webAdmin().explain(question);
        String sender = question.from().filter(from -> !from.equals("<>")).orElse("");
        TestMail mail = TestMail.of(sender);
        List<String> replies = new ArrayList<>();
        try (SmtpDialogue smtp = open(gateway.server(), asked)) {
            SmtpReply begun = smtp.send("MAIL FROM:<" + sender + ">").read();
            for (String recipient : question.to()) {
                // A client on the block list is refused before it names a recipient.
                replies.add(
                        begun.code() == 250
                                ? smtp.send("RCPT TO:<" + recipient + ">")
                                        .read()
                                        .text()
                                : begun.text());
            }
            if (replies.stream().anyMatch(reply -> reply.startsWith("250"))) {
                assertThat(smtp.sendData(mail.content()).code()).isEqualTo(250);
            }
        }
        return new Case(question, explanation, replies, mail);
    }

    private static SmtpDialogue open(TestServer server, Asked asked) throws IOException {
        String client = asked.form().clientIp().orElseThrow();
        boolean user = asked.form().auth().isPresent();
        SmtpDialogue smtp = server.connect(user ? server.submissionPort() : server.port(), client);
        if (asked.tls().isPresent()) {
            smtp.startTls(asked.tls().get()).send("EHLO client.test").expect("250");
        }
        return user ? Submission.logIn(smtp, asked.form().auth().get()) : smtp;
    }

    private static void assertReplies(List<Case> cases) {
        SoftAssertions softly = new SoftAssertions();
        for (Case one : cases) {
            List<String> explained = one.explanation().recipients().stream()
                    .map(OfRecipient::reply)
                    .toList();
            softly.assertThat(one.replies()).as("replies: %s", one).isEqualTo(explained);
        }
        softly.assertAll();
    }

    private static void assertWays(Gateway gateway, List<Case> cases) throws IOException {
        Map<String, Set<String>> routes = routes(gateway);
        SoftAssertions softly = new SoftAssertions();
        for (Case one : cases) {
            softly.assertThat(routes.getOrDefault(one.mail().messageId(), Set.of()))
                    .as("routes: %s", one)
                    .isEqualTo(one.explainedRoutes());
            softly.assertThat(gateway.arrivals(one.mail()))
                    .as("arrivals: %s", one)
                    .isEqualTo(explainedArrivals(gateway, one));
        }
        softly.assertAll();
    }

    /** By Message-ID, in the words of the server's own events. */
    private static Map<String, Set<String>> routes(Gateway gateway) throws IOException {
        Map<String, Set<String>> routes = new HashMap<>();
        for (MailEvent event : gateway.server().events(event -> event.type() == MailEvent.Type.ROUTED)) {
            String reason = event.reason().orElse("");
            String route = reason.substring(0, Math.max(0, reason.indexOf(": ")));
            Set<String> ofMail = routes.computeIfAbsent(event.messageId().orElse(""), id -> new TreeSet<>());
            event.recipients().forEach(recipient -> ofMail.add(route + " to " + recipient));
        }
        return routes;
    }

    /** Where copies must come to; mail to mailboxes here, and mail without a way, comes to nobody outside. */
    private static Set<String> explainedArrivals(Gateway gateway, Case one) {
        return one.accepted().stream()
                .filter(recipient -> !recipient.nextHops().isEmpty())
                .map(recipient -> port(gateway, recipient) + " "
                        + recipient.deliveryAddress().orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String port(Gateway gateway, OfRecipient recipient) {
        String nextHop = recipient.nextHops().get(0);
        return nextHop.startsWith("MX of ")
                ? Integer.toString(gateway.sinkOf("MX").port())
                : nextHop.substring(nextHop.lastIndexOf(':') + 1);
    }

    /** A pool that is too narrow would let explain and the server agree on nothing but refusals. */
    private static void assertTheCasesAreWorthIt(List<Case> cases) {
        Set<String> replies = cases.stream()
                .flatMap(one -> one.replies().stream())
                .map(reply -> reply.split(" ", -1)[1])
                .collect(Collectors.toSet());
        Set<String> routes = cases.stream()
                .flatMap(one -> one.accepted().stream())
                .flatMap(recipient -> recipient.route().stream())
                .collect(Collectors.toSet());
        assertThat(replies)
                .contains(
                        "2.1.5", "4.5.3", "5.4.1", "5.7.1", "5.7.3", "5.7.51", "5.7.513", "5.7.60", "5.7.64", "5.7.68");
        assertThat(routes)
                .contains(
                        "local",
                        "mx",
                        "unreachable",
                        "connector contoso/To the cloud",
                        "connector fabrikam/Everything");
    }
}
