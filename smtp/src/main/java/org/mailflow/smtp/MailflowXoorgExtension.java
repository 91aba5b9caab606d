package org.mailflow.smtp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.SessionMailflow;
import org.mailflow.core.decision.OriginatorOrgOffer;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.model.Mailflow;

/**
 * XOORG: the parameter of MAIL FROM by which the other premises of a hybrid deployment says from which organization a mail is. It
 * is offered after STARTTLS to a peer whose certificate proves an inbound connector with {@code cloudServicesMailEnabled}
 * (TlsDomainCapabilities AcceptCloudServicesMail), and taken of those alone to whom it was offered: also where a reload has changed
 * that since, for the peer knows nothing of it, and would return the mail. What it is worth is judged by the settings of then.
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowXoorgExtension implements EhloExtension, MailParametersHook {

    private static final AttachmentKey<DomainName> ORGANIZATION =
            AttachmentKey.of("org.mailflow.originatorOrg", DomainName.class);
    private static final AttachmentKey<Boolean> OFFERED =
            AttachmentKey.of("org.mailflow.originatorOrgOffered", Boolean.class);
    private static final String XOORG = "XOORG";
    private static final Reply UNSUPPORTED = new Reply(555, "5.5.4", "Unsupported option: XOORG");
    private static final Reply NO_DOMAIN = new Reply(501, "5.5.4", "XOORG is a domain");

    private final SessionMailflow snapshots;
    private final Peers peers = new Peers();

    /** For James, which injects what is needed. */
    @Inject
    public MailflowXoorgExtension(SessionMailflow snapshots) {
        this.snapshots = snapshots;
    }

    /** The organization that the peer named; empty where it named none. */
    static Optional<DomainName> said(SMTPSession session) {
        return session.getAttachment(ORGANIZATION, State.Transaction);
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        boolean offered = isToBeOffered(session);
        session.setAttachment(OFFERED, offered, State.Connection);
        return offered ? List.of(XOORG) : List.of();
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {XOORG};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        if (!session.getAttachment(OFFERED, State.Connection).orElse(false)) {
            return Replies.refusal(UNSUPPORTED);
        }
        try {
            session.setAttachment(ORGANIZATION, DomainName.parse(value), State.Transaction);
            return HookResult.DECLINED;
        } catch (IllegalArgumentException e) {
            return Replies.refusal(NO_DOMAIN);
        }
    }

    private boolean isToBeOffered(SMTPSession session) {
        Mailflow mailflow = snapshots.current();
        return session.isTLSStarted()
                && OriginatorOrgOffer.isFor(mailflow, peers.read(session, mailflow, Instant.now()));
    }
}
