package org.mailflow.assembly.spool;

import com.google.common.collect.ImmutableListMultimap;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.ex.ConfigurationRuntimeException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.lifecycle.api.Startable;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailetcontainer.impl.JamesMailetContext;
import org.apache.james.mailetcontainer.impl.MailetProcessorImpl;
import org.apache.james.mailetcontainer.impl.MatcherMailetPair;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.modules.server.MailetContainerModule;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.utils.InitializationOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes matchers and mailets of {@code mailetcontainer.xml}, and starts the spooler. */
final class SpoolStart implements InitializationOperation {

    private static final Logger LOGGER = LoggerFactory.getLogger(SpoolStart.class);
    private static final int THREADS = 10;
    private static final int MOST_THREADS = 1_000;

    private final ConfigurationProvider configuration;
    private final CompositeProcessorImpl processors;
    private final Set<MailetContainerModule.ProcessorsCheck> checks;
    private final MailetContainerModule.DefaultProcessorsConfigurationSupplier defaults;
    private final Spooler spooler;
    private final LivenessWatch liveness;

    @Inject
    SpoolStart(
            ConfigurationProvider configuration,
            CompositeProcessorImpl processors,
            Set<MailetContainerModule.ProcessorsCheck> checks,
            MailetContainerModule.DefaultProcessorsConfigurationSupplier defaults,
            Spooler spooler,
            LivenessWatch liveness) {
        this.configuration = configuration;
        this.processors = processors;
        this.checks = checks;
        this.defaults = defaults;
        this.spooler = spooler;
        this.liveness = liveness;
    }

    @Override
    public void initModule() throws Exception {
        HierarchicalConfiguration<ImmutableNode> container = configuration.getConfiguration("mailetcontainer");
        processors.configure(processors(container));
        processors.init();
        check();
        spooler.start(threads(container));
        liveness.start();
    }

    private HierarchicalConfiguration<ImmutableNode> processors(HierarchicalConfiguration<ImmutableNode> container)
            throws ConfigurationException {
        try {
            return container.configurationAt("processors");
        } catch (ConfigurationRuntimeException e) {
            LOGGER.warn("mailetcontainer.xml has no <processors>: James' own are used");
            return defaults.getDefaultConfiguration();
        }
    }

    private static int threads(HierarchicalConfiguration<ImmutableNode> container) throws ConfigurationException {
        String written = container.getString("spooler.threads", Integer.toString(THREADS));
        if (!written.matches("[0-9]{1,4}") || Integer.parseInt(written) > MOST_THREADS) {
            throw new ConfigurationException("mailetcontainer.xml: <threads> of <spooler> is '" + written
                    + "': write a whole number from 0 to " + MOST_THREADS);
        }
        return Integer.parseInt(written);
    }

    private void check() throws ConfigurationException {
        ImmutableListMultimap.Builder<String, MatcherMailetPair> pairs = ImmutableListMultimap.builder();
        Arrays.stream(processors.getProcessorStates()).forEach(name -> {
            if (processors.getProcessor(name) instanceof MailetProcessorImpl processor) {
                pairs.putAll(name, processor.getPairs());
            }
        });
        for (MailetContainerModule.ProcessorsCheck check : checks) {
            check.check(pairs.build());
        }
    }

    @Override
    public Class<? extends Startable> forClass() {
        return Spooler.class;
    }

    @Override
    public List<Class<?>> requires() {
        return List.of(JamesMailetContext.class, MailRepositoryStore.class, UsersRepository.class);
    }
}
