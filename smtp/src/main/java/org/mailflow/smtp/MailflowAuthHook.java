package org.mailflow.smtp;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.smtpserver.UsersRepositoryAuthHook;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.SessionGuard;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.SessionLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks James' users for a name and a password, and keeps those out who try many: a connection is closed after three failed
 * logons, and an address is answered with 454 after thirty within a quarter of an hour, right password or wrong
 * (<code>limits</code> in <code>mailflow.xml</code>).
 *
 * <p>Part of {@link MailflowHandlers}, which is all that a listener names:
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.mailflow.smtp.MailflowHandlers"/>
 * }</pre>
 */
public final class MailflowAuthHook implements AuthHook {

    private static final Logger LOGGER = LoggerFactory.getLogger(MailflowAuthHook.class);
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final long REMEMBERED_ADDRESSES = 100_000;

    private final UsersRepositoryAuthHook users;
    private final LiveMailflow live;
    private final LoadingCache<IpAddress, AtomicInteger> failures = CacheBuilder.newBuilder()
            .expireAfterWrite(WINDOW)
            .maximumSize(REMEMBERED_ADDRESSES)
            .build(CacheLoader.from(() -> new AtomicInteger()));

    /** For James, which injects what is needed. */
    @Inject
    public MailflowAuthHook(UsersRepositoryAuthHook users, LiveMailflow live) {
        this.users = users;
        this.live = live;
    }

    @Override
    public HookResult doAuth(SMTPSession session, Username username, String password) {
        return guarded(session, () -> users.doAuth(session, username, password));
    }

    @Override
    public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String response) {
        return guarded(session, () -> users.doSasl(session, configuration, response));
    }

    private HookResult guarded(SMTPSession session, Supplier<HookResult> logon) {
        SessionLimits limits = live.current().server().limits();
        IpAddress address = Peers.address(session);
        AtomicInteger ofAddress = failures.getUnchecked(address);
        Optional<Reply> notNow = SessionGuard.atLogon(limits, ofAddress.get());
        if (notNow.isPresent()) {
            LOGGER.warn("{} is not let in for a while: too many failed logons", address);
            return Replies.refusal(notNow.get());
        }
        HookResult result = logon.get();
        if (result.getResult().getAction() == HookReturnCode.Action.OK) {
            return result;
        }
        ofAddress.incrementAndGet();
        return SessionGuard.afterLogonFailure(limits, SessionCounts.logonFailures(session))
                .map(reply -> Replies.dismissal(reply))
                .orElse(result);
    }
}
