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
import org.apache.james.user.api.InvalidUsernameException;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Reply;
import org.mailflow.core.decision.SessionGuard;
import org.mailflow.core.ip.IpPrefix;
import org.mailflow.core.model.SessionLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks James' users for a name and a password, and keeps those out who try many: a connection is closed after three failed
 * logons, and an address (of IPv6, a /64) is answered with 454 after thirty within a quarter of an hour, right password or
 * wrong (<code>limits</code> in <code>mailflow.xml</code>). While the users cannot be asked, everybody is answered with 454,
 * and nothing is counted.
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

    private final UsersRepository users;
    private final UsersRepositoryAuthHook tokens;
    private final LiveMailflow live;
    private final LoadingCache<IpPrefix, AtomicInteger> failures = CacheBuilder.newBuilder()
            .expireAfterWrite(WINDOW)
            .maximumSize(REMEMBERED_ADDRESSES)
            .build(CacheLoader.from(() -> new AtomicInteger()));

    /** For James, which injects what is needed. */
    @Inject
    public MailflowAuthHook(UsersRepository users, UsersRepositoryAuthHook tokens, LiveMailflow live) {
        this.users = users;
        this.tokens = tokens;
        this.live = live;
    }

    @Override
    public HookResult doAuth(SMTPSession session, Username username, String password) {
        return guarded(session, () -> logon(session, username, password));
    }

    /** James' own hook takes a store that fails for a wrong password. */
    private HookResult logon(SMTPSession session, Username username, String password) {
        try {
            if (!users.test(username, password)) {
                return HookResult.DECLINED;
            }
        } catch (InvalidUsernameException nobody) {
            return HookResult.DECLINED;
        } catch (UsersRepositoryException | RuntimeException e) {
            LOGGER.error("James' users cannot be asked for a password: {} is to try again", Peers.address(session), e);
            return Replies.refusal(Reply.LOGON_UNAVAILABLE);
        }
        session.setUsername(username);
        return HookResult.builder()
                .hookReturnCode(HookReturnCode.ok())
                .smtpDescription("Authentication successful")
                .build();
    }

    @Override
    public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String response) {
        return guarded(session, () -> tokens.doSasl(session, configuration, response));
    }

    private HookResult guarded(SMTPSession session, Supplier<HookResult> logon) {
        SessionLimits limits = live.current().server().limits();
        IpPrefix client = SessionGuard.clientOf(Peers.address(session));
        AtomicInteger ofClient = failures.getUnchecked(client);
        // Counted before it is tried, so that many sessions at a time try no more than one.
        Optional<Reply> notNow = SessionGuard.atLogon(limits, ofClient.getAndIncrement());
        if (notNow.isPresent()) {
            ofClient.decrementAndGet();
            LOGGER.warn("{} is not let in for a while: too many failed logons", client);
            return Replies.refusal(notNow.get());
        }
        boolean failed = false;
        HookResult result;
        try {
            result = logon.get();
            failed = isFailure(result);
        } finally {
            if (!failed) {
                ofClient.decrementAndGet();
            }
        }
        if (!failed) {
            return result;
        }
        return SessionGuard.afterLogonFailure(limits, SessionCounts.logonFailures(session))
                .map(reply -> Replies.dismissal(reply))
                .orElse(result);
    }

    /** What cannot be told now is no failure of the client's. */
    private static boolean isFailure(HookResult result) {
        return switch (result.getResult().getAction()) {
            case OK, DENYSOFT -> false;
            default -> true;
        };
    }
}
