package org.mailflow.assembly.spool;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.io.IOException;
import java.nio.file.Path;
import javax.mail.MessagingException;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.mailetcontainer.AutomaticallySentMailDetectorImpl;
import org.apache.james.mailetcontainer.api.LocalResources;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.james.mailetcontainer.api.MailetLoader;
import org.apache.james.mailetcontainer.api.MatcherLoader;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailetcontainer.impl.JamesMailSpooler;
import org.apache.james.mailetcontainer.impl.JamesMailetContext;
import org.apache.james.mailetcontainer.impl.LocalResourcesImpl;
import org.apache.james.modules.server.MailStoreRepositoryModule;
import org.apache.james.modules.server.MailetContainerModule;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.utils.GuiceMailetLoader;
import org.apache.james.utils.GuiceMatcherLoader;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.apache.james.utils.MailetConfigurationOverride;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.AutomaticallySentMailDetector;
import org.mailflow.delivery.custody.InHand;
import org.mailflow.delivery.custody.Poison;
import org.mailflow.delivery.custody.PoisonRepository;
import org.mailflow.james.Contained;

/** James' matchers, mailets and their context, worked on by {@link Spooler}; and whether mail flows. */
public final class SpoolModule extends AbstractModule {
    private final Path notes;

    /** Takes the file that remembers which mails are in hand. */
    public SpoolModule(Path notes) {
        this.notes = notes;
    }

    @Override
    protected void configure() {
        install(new MailStoreRepositoryModule());
        bind(CompositeProcessorImpl.class).in(Scopes.SINGLETON);
        bind(MailProcessor.class).to(CompositeProcessorImpl.class);
        bind(JamesMailetContext.class).in(Scopes.SINGLETON);
        bind(MailetContext.class).to(JamesMailetContext.class);
        bind(LocalResourcesImpl.class).in(Scopes.SINGLETON);
        bind(LocalResources.class).to(LocalResourcesImpl.class);
        bind(AutomaticallySentMailDetectorImpl.class).in(Scopes.SINGLETON);
        bind(AutomaticallySentMailDetector.class).to(AutomaticallySentMailDetectorImpl.class);
        bind(MailetLoader.class).to(GuiceMailetLoader.class);
        bind(MatcherLoader.class).to(GuiceMatcherLoader.class);
        Multibinder.newSetBinder(binder(), MailetConfigurationOverride.class);
        Multibinder.newSetBinder(binder(), MailetContainerModule.ProcessorsCheck.class)
                .addBinding()
                .toInstance(MailetContainerModule.BCC_Check);

        bind(InHandLifecycle.class).toInstance(new InHandLifecycle(notes));
        bind(Poison.class).to(PoisonRepository.class);
        Multibinder.newSetBinder(binder(), InitializationOperation.class)
                .addBinding()
                .to(SpoolStart.class);
        OptionalBinder.newOptionalBinder(binder(), StandstillAction.class)
                .setDefault()
                .to(HaltStandingProcess.class);
        Multibinder.newSetBinder(binder(), HealthCheck.class).addBinding().to(LivenessCheck.class);
    }

    @Provides
    @Singleton
    InHand inHand(InHandLifecycle lifecycle) throws IOException {
        return lifecycle.open();
    }

    /** James' health check of the error repository asks for it, and for nothing else: it watches the poison repository. */
    @Provides
    @Singleton
    JamesMailSpooler.Configuration watchedRepository(PoisonRepository poison) throws MessagingException {
        return new JamesMailSpooler.Configuration(0, poison.url());
    }

    @ProvidesIntoSet
    InitializationOperation context(ConfigurationProvider configuration, JamesMailetContext context) {
        return InitilizationOperationBuilder.forClass(JamesMailetContext.class).init(() -> {
            context.configure(part(configuration));
            Contained.leaveErrors(context);
        });
    }

    private static HierarchicalConfiguration<ImmutableNode> part(ConfigurationProvider configuration)
            throws ConfigurationException {
        HierarchicalConfiguration<ImmutableNode> container = configuration.getConfiguration("mailetcontainer");
        return container.configurationsAt("context").stream().findFirst().orElseGet(BaseHierarchicalConfiguration::new);
    }
}
