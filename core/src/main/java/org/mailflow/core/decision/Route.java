package org.mailflow.core.decision;

import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.Premises;

/** The way that a recipient's copy of a mail takes. Recipients with equal routes share a copy. */
public sealed interface Route {

    /** Into mailboxes here. */
    record Local() implements Route {}

    /**
     * Out by a connector.
     *
     * @param organization whose connector
     * @param connector which
     */
    record ByConnector(Organization organization, OutboundConnector connector) implements Route {
        /** The name of its queue. */
        public String queueName() {
            return organization.queueName(connector);
        }

        /** Cheap, where the generated one would walk through the whole organization. */
        @Override
        public int hashCode() {
            return queueName().hashCode();
        }
    }

    /** Out to the MX hosts of the recipient's domain. */
    record ByMx() implements Route {}

    /** Nowhere: no connector serves the other premises. The mail stands until the configuration is mended. */
    record Unreachable() implements Route {}

    /** Nowhere: all connectors that serve the recipient are for smaller mail. The mail is returned. */
    record TooLarge() implements Route {}

    /** Nowhere: nobody has this address. The mail is returned. */
    record UnknownRecipient() implements Route {}

    /** Nowhere: a group or forwarding address leads to nobody but itself. The mail is returned. */
    record Loop() implements Route {}

    /**
     * Nowhere: the mail came back, and would go the way that it went before. The mail is returned.
     *
     * @param premises the side that found out, on which the words of the reply depend
     */
    record MailLoop(Premises premises) implements Route {}

    /** Nowhere: forwarded mail that came back, whose recipients have it. Nobody misses this copy. */
    record AlreadyReceived() implements Route {}

    /** Not to be told now: the mail waits. */
    record Wait() implements Route {}

    /** Not permitted: anonymous mail to a domain that is not ours. */
    record NotPermitted() implements Route {}

    /** The word for events, explain and the mail attribute. */
    default String word() {
        if (this instanceof ByConnector byConnector) {
            return "connector " + byConnector.queueName();
        }
        if (this instanceof ByMx) {
            return "mx";
        }
        if (this instanceof Local) {
            return "local";
        }
        if (this instanceof Unreachable) {
            return "unreachable";
        }
        if (this instanceof TooLarge) {
            return "too large";
        }
        if (this instanceof UnknownRecipient) {
            return "unknown recipient";
        }
        if (this instanceof Loop) {
            return "loop";
        }
        if (this instanceof MailLoop) {
            return "mail loop";
        }
        if (this instanceof AlreadyReceived) {
            return "already received";
        }
        return this instanceof Wait ? "wait" : "not permitted";
    }
}
