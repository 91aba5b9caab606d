package org.mailflow.assembly;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import org.apache.james.modules.server.TaskSerializationModule;
import org.apache.james.task.Hostname;
import org.apache.james.task.MemoryTaskManager;
import org.apache.james.task.TaskManager;
import org.mailflow.core.config.LiveMailflow;

/**
 * James' task manager under the name that {@code mailflow.xml} gives the server. James asks the operating system instead, and
 * does not start on a machine that cannot resolve its own name.
 */
final class TaskModule extends AbstractModule {
    @Override
    protected void configure() {
        install(new TaskSerializationModule());
        bind(MemoryTaskManager.class).in(Scopes.SINGLETON);
        bind(TaskManager.class).to(MemoryTaskManager.class);
    }

    @Provides
    @Singleton
    Hostname hostname(LiveMailflow live) {
        return new Hostname(live.current().server().fqdn());
    }
}
