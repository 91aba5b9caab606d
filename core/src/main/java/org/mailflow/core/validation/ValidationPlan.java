package org.mailflow.core.validation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.DomainPattern;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.SmartHost;

/**
 * What a validation asks whom.
 *
 * @param organization whose connector
 * @param connector the connector, enabled or not
 * @param heloName what the server calls itself
 * @param sender in whose name; empty for the null sender
 * @param recipients whom the hosts are asked to take mail for; may be empty
 * @param targets the next hops
 * @param notes what is to be said before anybody is asked
 * @param timeout how long a host may take for each step
 * @param patience how long the outcome of a mail is waited for
 */
public record ValidationPlan(
        Organization organization,
        OutboundConnector connector,
        String heloName,
        Optional<EmailAddress> sender,
        List<EmailAddress> recipients,
        List<Target> targets,
        List<Step> notes,
        Duration timeout,
        Duration patience) {

    /** How the null sender is written. */
    public static final String NULL_SENDER = "<>";

    /** Whose hosts are asked. */
    public sealed interface Target {

        /** Whom they are asked to take mail for. */
        List<EmailAddress> recipients();

        /**
         * A smart host.
         *
         * @param host as it is configured
         */
        record ToSmartHost(SmartHost host, List<EmailAddress> recipients) implements Target {
            /** Copies the recipients. */
            public ToSmartHost {
                recipients = List.copyOf(recipients);
            }

            @Override
            public String toString() {
                return host.toString();
            }
        }

        /**
         * The MX hosts of a domain.
         *
         * @param domain of the recipients
         */
        record ToDomain(DomainName domain, List<EmailAddress> recipients) implements Target {
            /** Copies the recipients. */
            public ToDomain {
                recipients = List.copyOf(recipients);
            }

            @Override
            public String toString() {
                return domain.toString();
            }
        }
    }

    /** A wish makes no sense for the connector; the message tells what to do about it. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }

        /** The message, which is never missing. */
        public String text() {
            return String.valueOf(getMessage());
        }
    }

    /** Copies the lists. */
    public ValidationPlan {
        recipients = List.copyOf(recipients);
        targets = List.copyOf(targets);
        notes = List.copyOf(notes);
    }

    /**
     * Plans the validation of a connector.
     *
     * @throws Refused where the wish makes no sense for it
     */
    public static ValidationPlan of(
            Mailflow mailflow, Organization organization, OutboundConnector connector, ValidationWish wish)
            throws Refused {
        Optional<String> flaw = wish.flaw();
        if (flaw.isPresent()) {
            throw new Refused(flaw.get());
        }
        List<EmailAddress> recipients = wish.recipients().isEmpty()
                ? connector.validationRecipients()
                : wish.recipients().stream().map(EmailAddress::parse).toList();
        if (wish.send().orElse(false)) {
            checkSending(organization, connector, recipients);
        }
        return new ValidationPlan(
                organization,
                connector,
                connector.fqdn().orElse(mailflow.server().fqdn()),
                sender(organization, wish),
                recipients,
                targets(organization, connector, recipients),
                notes(mailflow, organization, connector, recipients),
                Duration.ofSeconds(wish.timeoutSeconds().orElse(ValidationWish.TIMEOUT)),
                Duration.ofSeconds(wish.waitSeconds().orElse(ValidationWish.WAIT)));
    }

    private static void checkSending(
            Organization organization, OutboundConnector connector, List<EmailAddress> recipients) throws Refused {
        if (!connector.enabled()) {
            throw new Refused("connector " + organization.queueName(connector)
                    + " is disabled, and no mail leaves by it: validate it without sending, or set enabled to true");
        }
        if (recipients.isEmpty()) {
            throw new Refused(
                    "there is nobody to send a mail to: name a recipient, or set validationRecipients of connector "
                            + organization.queueName(connector));
        }
    }

    private static Optional<EmailAddress> sender(Organization organization, ValidationWish wish) {
        return wish.sender().isPresent()
                ? wish.sender().filter(written -> !written.equals(NULL_SENDER)).map(EmailAddress::parse)
                : organization.defaultDomain().map(domain -> new EmailAddress("postmaster", domain));
    }

    private static List<Target> targets(
            Organization organization, OutboundConnector connector, List<EmailAddress> recipients) throws Refused {
        if (!connector.useMXRecord()) {
            return connector.smartHosts().stream()
                    .map(host -> (Target) new Target.ToSmartHost(host, recipients))
                    .toList();
        }
        Map<DomainName, List<EmailAddress>> domains = new LinkedHashMap<>();
        recipients.forEach(recipient -> domains.computeIfAbsent(recipient.domain(), key -> new ArrayList<>())
                .add(recipient));
        if (recipients.isEmpty()) {
            connector.recipientDomains().stream()
                    .filter(DomainPattern.Exact.class::isInstance)
                    .map(DomainPattern.Exact.class::cast)
                    .forEach(exact -> domains.put(exact.domain(), List.of()));
        }
        if (domains.isEmpty()) {
            throw new Refused("the next hops of connector " + organization.queueName(connector)
                    + " are the MX hosts of the recipient's domain: name a recipient, or set validationRecipients");
        }
        return domains.entrySet().stream()
                .map(domain -> (Target) new Target.ToDomain(domain.getKey(), domain.getValue()))
                .toList();
    }

    private static List<Step> notes(
            Mailflow mailflow, Organization organization, OutboundConnector connector, List<EmailAddress> recipients) {
        List<Step> notes = new ArrayList<>();
        if (recipients.isEmpty()) {
            notes.add(Step.warning(
                    Stage.RCPT,
                    "nobody is named whom the hosts should take mail for, and so they are not asked",
                    "Set validationRecipients of the connector, or name a recipient"));
        }
        recipients.stream()
                .map(EmailAddress::domain)
                .distinct()
                .filter(domain -> !connector.mayServe(domain, mailflow.owns(organization, domain)))
                .forEach(domain -> notes.add(Step.warning(
                        Stage.RCPT,
                        "the connector does not serve " + domain + ": the server brings no mail for it this way",
                        "Name a recipient of a domain in recipientDomains")));
        return notes;
    }

    /** {@code organization/connector}. */
    public String queueName() {
        return organization.queueName(connector);
    }
}
