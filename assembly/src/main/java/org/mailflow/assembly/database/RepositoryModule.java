package org.mailflow.assembly.database;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;
import java.util.List;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.mailrepository.api.MailRepositoryFactory;
import org.apache.james.mailrepository.api.MailRepositoryUrlStore;
import org.apache.james.mailrepository.api.Protocol;
import org.apache.james.mailrepository.jpa.JPAMailRepository;
import org.apache.james.mailrepository.jpa.JPAMailRepositoryFactory;
import org.apache.james.mailrepository.jpa.JPAMailRepositoryUrlStore;
import org.apache.james.mailrepository.memory.MailRepositoryStoreConfiguration;

/**
 * Mail repositories in the database, as {@code jpa://name}: synced with each mail, listed and sent again by WebAdmin. James'
 * other kind, {@code file://}, never syncs what it writes and is not offered.
 */
final class RepositoryModule extends AbstractModule {
    private static final String PROTOCOL = "jpa";

    @Override
    protected void configure() {
        bind(JPAMailRepositoryUrlStore.class).in(Scopes.SINGLETON);
        bind(MailRepositoryUrlStore.class).to(JPAMailRepositoryUrlStore.class);
        bind(MailRepositoryStoreConfiguration.Item.class)
                .toInstance(new MailRepositoryStoreConfiguration.Item(
                        List.of(new Protocol(PROTOCOL)),
                        JPAMailRepository.class.getName(),
                        new BaseHierarchicalConfiguration()));
        Multibinder.newSetBinder(binder(), MailRepositoryFactory.class)
                .addBinding()
                .to(JPAMailRepositoryFactory.class);
    }
}
