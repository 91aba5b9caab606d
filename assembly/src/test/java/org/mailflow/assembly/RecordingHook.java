package org.mailflow.assembly;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.inject.Inject;
import javax.net.ssl.SSLSession;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/** A hook as an extension would bring it: tells a server's {@link Notes} on which thread and behind which TLS it ran. */
public final class RecordingHook implements MailHook {
    private final Notes notes;

    /** Takes the record of the server that loads the hook. */
    @Inject
    public RecordingHook(Notes notes) {
        this.notes = notes;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        notes.seen.add(new Seen(
                Thread.currentThread().getName(),
                session.isTLSStarted(),
                session.getSSLSession(),
                session.getRemoteAddress()));
        return HookResult.DECLINED;
    }

    /** What the hook saw of one MAIL command. */
    record Seen(String thread, boolean tls, Optional<SSLSession> session, InetSocketAddress client) {}

    /** What the hooks and mailets of one server saw. */
    static final class Notes {
        final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
        final Queue<String> greetings = new ConcurrentLinkedQueue<>();
    }
}
