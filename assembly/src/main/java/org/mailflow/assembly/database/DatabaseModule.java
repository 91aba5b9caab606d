package org.mailflow.assembly.database;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.persistence.EntityManagerFactory;

/** James' JPA back ends on {@link EmbeddedDatabase}: users, address rewriting, mail repositories, mailboxes. */
public final class DatabaseModule extends AbstractModule {
    private final Path directory;

    /** Takes the directory of the database's files. */
    public DatabaseModule(Path directory) {
        this.directory = directory;
    }

    @Override
    protected void configure() {
        bind(DatabaseLifecycle.class).in(Scopes.SINGLETON);
        install(new UserDataModule());
        install(new RepositoryModule());
        install(new MailboxDataModule());
    }

    @Provides
    @Singleton
    EmbeddedDatabase database() throws IOException, SQLException {
        return EmbeddedDatabase.open(directory);
    }

    @Provides
    @Singleton
    EntityManagerFactory entityManagers(DatabaseLifecycle lifecycle) {
        return lifecycle.entityManagers();
    }
}
