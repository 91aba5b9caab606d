package org.mailflow.delivery;

import java.time.Duration;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * SMTP sessions that are kept for the next mail: to connect and to agree on TLS takes longer than to hand a mail over. A
 * session serves one host under one set of demands, so that a mail never travels on less than its connector asks for; after a
 * change of the configuration the demands are others, and so are the sessions.
 *
 * <p>Only a session whose host took a mail is kept, for a short while (parameter ConnectionInactivityTimeOut), for so many
 * mails (SmtpMaxMessagesPerConnection), and for so long altogether. Before its next mail the host is asked
 * whether it still listens.
 */
final class KeptSessions implements AutoCloseable {

    /** What a certificate proved is proven anew after this. */
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int IDLE_FOR_A_HOST = 20;
    private static final int IDLE_ALTOGETHER = 200;

    private record Key(Hop hop, ClientSettings settings) {}

    private final GenericKeyedObjectPool<Key, SmtpSession> sessions;

    KeptSessions() {
        GenericKeyedObjectPoolConfig<SmtpSession> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotal(-1);
        config.setMaxTotalPerKey(-1);
        config.setMaxIdlePerKey(IDLE_FOR_A_HOST);
        config.setTestOnBorrow(true);
        config.setEvictionPolicy((configured, session, idleCount) ->
                session.getIdleDuration().compareTo(session.getObject().idleTimeOut()) > 0);
        config.setTimeBetweenEvictionRuns(Duration.ofSeconds(1));
        config.setNumTestsPerEvictionRun(-1);
        config.setJmxEnabled(false);
        sessions = new GenericKeyedObjectPool<>(new Factory(), config);
    }

    /**
     * A session, kept or new.
     *
     * @throws HostTrouble where a new one is needed, and the host cannot take mail now, or not as it is demanded
     */
    SmtpSession take(Hop hop, ClientSettings settings) throws HostTrouble {
        try {
            return sessions.borrowObject(new Key(hop, settings));
        } catch (HostTrouble | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no session with " + hop, e);
        }
    }

    /** Takes a session back: keeps it where it may serve another mail, and ends it otherwise. */
    void giveBack(Hop hop, ClientSettings settings, SmtpSession session) {
        Key key = new Key(hop, settings);
        if (session.mayServeAnother() && sessions.getNumIdle() < IDLE_ALTOGETHER) {
            sessions.returnObject(key, session);
        } else {
            end(key, session);
        }
    }

    /** Ends a session, and those with the same host that are kept: what ended one has ended them all. */
    void giveUp(Hop hop, ClientSettings settings, SmtpSession session) {
        Key key = new Key(hop, settings);
        end(key, session);
        sessions.clear(key);
    }

    private void end(Key key, SmtpSession session) {
        try {
            sessions.invalidateObject(key, session);
        } catch (Exception e) {
            throw new IllegalStateException("a session cannot be ended", e);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }

    private static final class Factory extends BaseKeyedPooledObjectFactory<Key, SmtpSession> {
        @Override
        public SmtpSession create(Key key) throws HostTrouble {
            return SmtpSession.open(key.hop(), key.settings());
        }

        @Override
        public PooledObject<SmtpSession> wrap(SmtpSession session) {
            return new DefaultPooledObject<>(session);
        }

        @Override
        public boolean validateObject(Key key, PooledObject<SmtpSession> pooled) {
            SmtpSession session = pooled.getObject();
            return session.isNew() || (session.mayServeAnother() && session.stillListens());
        }

        @Override
        public void destroyObject(Key key, PooledObject<SmtpSession> pooled) {
            pooled.getObject().close();
        }
    }
}
