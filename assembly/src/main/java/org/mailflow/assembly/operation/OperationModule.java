package org.mailflow.assembly.operation;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import javax.inject.Provider;
import javax.mail.MessagingException;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.webadmin.Routes;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.operation.QueueOperations;
import org.mailflow.core.operation.RepositoryOperations;
import org.mailflow.core.operation.StatusJudge;
import org.mailflow.core.operation.StatusSource;
import org.mailflow.core.operation.Thresholds;
import org.mailflow.core.validation.ConnectorOperations;
import org.mailflow.delivery.ConnectorValidator;
import org.mailflow.delivery.DeletedMail;
import org.mailflow.delivery.KeptValidations;
import org.mailflow.delivery.OperatedQueues;
import org.mailflow.delivery.OperatedRepositories;
import org.mailflow.delivery.custody.PoisonRepository;
import org.mailflow.webadmin.ConnectorRoutes;
import org.mailflow.webadmin.MetricsRoutes;
import org.mailflow.webadmin.QueueRoutes;
import org.mailflow.webadmin.RepositoryRoutes;
import org.mailflow.webadmin.StatusRoutes;

/** Queues, repositories, status, metrics and health checks, for WebAdmin and the commands. */
public final class OperationModule extends AbstractModule {

    private static final MailRepositoryUrl DELETED = MailRepositoryUrl.from("jpa://var/mail/" + StatusJudge.DELETED);

    private final Path data;
    private final Instant startedAt;

    /**
     * The operation of a server.
     *
     * @param data its data directory
     * @param startedAt when it was started
     */
    public OperationModule(Path data, Instant startedAt) {
        this.data = data;
        this.startedAt = startedAt;
    }

    @Override
    protected void configure() {
        bind(QueueOperations.class).to(OperatedQueues.class);
        bind(ConnectorOperations.class).to(ConnectorValidator.class);
        bind(StatusSource.class).to(ServerFactsSource.class);
        bind(ServerFactsSource.class).in(Scopes.SINGLETON);
        bind(ServerFactsSource.Place.class).toInstance(new ServerFactsSource.Place(data, startedAt));
        bind(StatusJudge.class).toInstance(new StatusJudge(Thresholds.DEFAULT));
        Multibinder<HealthCheck> checks = Multibinder.newSetBinder(binder(), HealthCheck.class);
        checks.addBinding().to(QueueHealthCheck.class);
        checks.addBinding().to(RepositoryHealthCheck.class);
        checks.addBinding().to(CertificateHealthCheck.class);
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        routes.addBinding().to(QueueRoutes.class);
        routes.addBinding().to(RepositoryRoutes.class);
        routes.addBinding().to(ConnectorRoutes.class);
        routes.addBinding().to(StatusRoutes.class);
        routes.addBinding().to(MetricsRoutes.class);
    }

    @Provides
    @Singleton
    KeptValidations validations() {
        return KeptValidations.in(data.resolve("validations.json"));
    }

    @Provides
    @Singleton
    DeletedMail deletedMail(MailRepositoryStore store) {
        return () -> {
            try {
                return store.select(DELETED);
            } catch (MailRepositoryStore.MailRepositoryStoreException e) {
                throw new MessagingException(e.getMessage(), e);
            }
        };
    }

    @Provides
    @Singleton
    RepositoryOperations repositories(
            MailRepositoryStore store,
            MailQueueFactory<? extends MailQueue> queues,
            Provider<CompositeProcessorImpl> processors,
            PoisonRepository poison,
            LiveMailflow live,
            MailEvents events) {
        return new OperatedRepositories(
                store,
                () -> queues.createQueue(MailQueueFactory.SPOOL),
                () -> Set.of(processors.get().getProcessorStates()),
                url -> url.equals(DELETED) || url.equals(poison.url()),
                () -> live,
                events);
    }
}
