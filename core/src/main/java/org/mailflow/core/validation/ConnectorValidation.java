package org.mailflow.core.validation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a validation found.
 *
 * @param connector {@code organization/connector}
 * @param enabled whether it takes part in mail flow
 * @param isValidated whether every host takes mail as the connector demands, and every mail that was sent arrived
 * @param lastValidationTimestamp when that was found
 * @param summary one line that says it all
 * @param settings what of the connector was validated
 * @param heloName what the server called itself
 * @param sender MAIL FROM; {@code <>} for the null sender
 * @param recipients RCPT TO
 * @param notes what is to be said of the connector as a whole
 * @param nextHops in the order in which they are tried
 * @param sent the mails that were sent, where that was wished
 */
public record ConnectorValidation(
        @JsonProperty("connector") String connector,
        @JsonProperty("enabled") boolean enabled,
        @JsonProperty("isValidated") boolean isValidated,
        @JsonProperty("lastValidationTimestamp") Instant lastValidationTimestamp,
        @JsonProperty("summary") String summary,
        @JsonProperty("settings") String settings,
        @JsonProperty("heloName") String heloName,
        @JsonProperty("sender") String sender,
        @JsonProperty("recipients") List<String> recipients,
        @JsonProperty("notes") List<Step> notes,
        @JsonProperty("nextHops") List<NextHopReport> nextHops,
        @JsonProperty("sent") List<SentMail> sent) {

    /** Copies the lists. */
    public ConnectorValidation {
        recipients = List.copyOf(recipients);
        notes = List.copyOf(notes);
        nextHops = List.copyOf(nextHops);
        sent = List.copyOf(sent);
    }

    /** The outcome of a plan that was carried out; no mail was sent yet. */
    public static ConnectorValidation of(
            ValidationPlan plan, Instant now, List<Step> notes, List<NextHopReport> nextHops) {
        return new ConnectorValidation(
                        plan.queueName(),
                        plan.connector().enabled(),
                        false,
                        now,
                        "",
                        ConnectorState.settings(plan.connector()),
                        plan.heloName(),
                        plan.sender().map(Object::toString).orElse(ValidationPlan.NULL_SENDER),
                        plan.recipients().stream().map(Object::toString).toList(),
                        notes,
                        nextHops,
                        List.of())
                .judged();
    }

    /** The same with the mails that were sent. */
    public ConnectorValidation withSent(List<SentMail> mails) {
        return new ConnectorValidation(
                        connector,
                        enabled,
                        isValidated,
                        lastValidationTimestamp,
                        summary,
                        settings,
                        heloName,
                        sender,
                        recipients,
                        notes,
                        nextHops,
                        mails)
                .judged();
    }

    /** The same with another note on the connector as a whole. */
    public ConnectorValidation withNote(Step note) {
        return new ConnectorValidation(
                        connector,
                        enabled,
                        isValidated,
                        lastValidationTimestamp,
                        summary,
                        settings,
                        heloName,
                        sender,
                        recipients,
                        Stream.concat(notes.stream(), Stream.of(note)).toList(),
                        nextHops,
                        sent)
                .judged();
    }

    private ConnectorValidation judged() {
        List<HostReport> hosts =
                nextHops.stream().flatMap(hop -> hop.hosts().stream()).toList();
        Optional<String> failure = failure(hosts);
        String counted =
                hosts.stream().filter(host -> host.verdict() != Verdict.FAILED).count()
                        + " of " + hosts.size() + (hosts.size() == 1 ? " host takes" : " hosts take")
                        + (recipients.isEmpty() ? " a session" : " mail");
        String arrived = sent.isEmpty()
                ? ""
                : ", " + sent.stream().filter(mail -> !mail.step().hasFailed()).count() + " of " + sent.size()
                        + (sent.size() == 1 ? " mail arrived" : " mails arrived");
        return new ConnectorValidation(
                connector,
                enabled,
                failure.isEmpty() && !hosts.isEmpty(),
                lastValidationTimestamp,
                counted + arrived + failure.map("; "::concat).orElse(""),
                settings,
                heloName,
                sender,
                recipients,
                notes,
                nextHops,
                sent);
    }

    private Optional<String> failure(List<HostReport> hosts) {
        Stream<String> ofConnector = failures(notes);
        Stream<String> ofDns =
                nextHops.stream().flatMap(hop -> failures(hop.resolution()).map(text -> hop.name() + ": " + text));
        Stream<String> ofHosts =
                hosts.stream().flatMap(host -> host.failure().stream().map(step -> host.host() + ": " + text(step)));
        Stream<String> ofMails = sent.stream()
                .filter(mail -> mail.step().hasFailed())
                .map(mail -> mail.recipient() + ": " + mail.step().text());
        return Stream.of(ofConnector, ofDns, ofHosts, ofMails)
                .flatMap(texts -> texts)
                .findFirst();
    }

    private static Stream<String> failures(List<Step> steps) {
        return steps.stream().filter(Step::hasFailed).map(ConnectorValidation::text);
    }

    private static String text(Step step) {
        return step.name() + ": " + step.text();
    }
}
