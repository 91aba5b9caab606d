package org.mailflow.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.mailet.Mail;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.decision.Directionality;
import org.mailflow.core.event.MailEvents;
import org.mailflow.james.RouteStamp;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;

class KeepUnreachableTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final SampleFlow flow = SampleFlow.contoso();
    private final LiveMailflow live = flow.live();
    private final Spool spool = new Spool();
    private final Kept kept = new Kept();
    private @Nullable KeepUnreachable started;

    @AfterEach
    void destroy() {
        if (started != null) {
            started.destroy();
        }
    }

    private KeepUnreachable mailet() throws MessagingException {
        KeepUnreachable mailet = Samples.init(
                new KeepUnreachable(store(), () -> live),
                spool,
                Samples.parameters("repositoryPath", "memory://var/mail/unreachable"));
        started = mailet;
        return mailet;
    }

    private MailRepositoryStore store() {
        return (MailRepositoryStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailRepositoryStore.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("select");
                    return kept;
                });
    }

    private Mail unreachable() throws MessagingException {
        Mail mail = Samples.stamped(Directionality.ORIGINATING, live.current().generation(), "david@contoso.com");
        Samples.init(new SelectConnector(() -> live, MailEvents.none()), spool, Samples.parameters())
                .service(mail);
        Mail routed = spool.items().remove(0).mail();
        assertThat(routed.getState()).isEqualTo("unreachable");
        return routed;
    }

    @Test
    void mailWaitsUntilAReloadBringsAWay() throws Exception {
        Mail mail = unreachable();
        KeepUnreachable mailet = mailet();

        mailet.service(mail);
        live.reload();
        Awaitility.await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> kept.size() == 1);
        flow.outbound(SampleConnector.named("To the cloud").domains("contoso.mail.onmicrosoft.com"));
        live.reload();

        Awaitility.await().atMost(SOON).until(() -> kept.size() == 0);
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
        assertThat(spool.items()).singleElement().satisfies(item -> {
            assertThat(item.state()).isEqualTo("routing");
            assertThat(item.recipients()).isEqualTo(Samples.recipients(mail));
            assertThat(item.name()).isNotEqualTo(mail.getName());
            assertThat(RouteStamp.of(item.mail())).isEmpty();
        });
    }

    @Test
    void mailGoesOnAtTheStartWhereTheWayIsThere() throws Exception {
        kept.store(unreachable());
        flow.outbound(SampleConnector.named("To the cloud").domains("contoso.mail.onmicrosoft.com"));
        live.reload();

        mailet();

        Awaitility.await().atMost(SOON).until(() -> kept.size() == 0);
        assertThat(spool.items()).hasSize(1);
    }

    @Test
    void mailStaysWhereTheSpoolTakesNone() throws Exception {
        kept.store(unreachable());
        spool.failAt(2);
        flow.outbound(SampleConnector.named("To the cloud").domains("contoso.mail.onmicrosoft.com"));
        live.reload();

        mailet();
        Awaitility.await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> kept.size() == 1);
        live.reload();

        Awaitility.await().atMost(SOON).until(() -> kept.size() == 0);
        assertThat(spool.items()).hasSize(1);
    }

    @Test
    void needsARepository() {
        assertThatThrownBy(() -> Samples.init(new KeepUnreachable(store(), () -> live), spool, Samples.parameters()))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("<repositoryPath> is missing");
    }

    /** What is kept, in memory. */
    private static final class Kept implements MailRepository {
        private final Map<MailKey, Mail> mails = new ConcurrentHashMap<>();

        @Override
        public long size() {
            return mails.size();
        }

        @Override
        public MailKey store(Mail mail) throws MessagingException {
            Mail copy = mail.duplicate();
            copy.setName(mail.getName());
            mails.put(MailKey.forMail(mail), copy);
            return MailKey.forMail(mail);
        }

        @Override
        public Iterator<MailKey> list() {
            return List.copyOf(mails.keySet()).iterator();
        }

        @Override
        public @Nullable Mail retrieve(MailKey key) {
            return mails.get(key);
        }

        @Override
        public void remove(MailKey key) {
            mails.remove(key);
        }

        @Override
        public void removeAll() {
            mails.clear();
        }
    }
}
