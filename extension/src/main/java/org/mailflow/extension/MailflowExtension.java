package org.mailflow.extension;

import com.google.common.collect.Maps;
import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import com.google.inject.matcher.Matchers;
import com.google.inject.spi.InjectionListener;
import com.google.inject.spi.Message;
import com.google.inject.spi.TypeEncounter;
import com.google.inject.spi.TypeListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import javax.inject.Inject;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.utils.ClassName;
import org.apache.james.utils.ExtensionConfiguration;
import org.apache.james.utils.PropertiesProvider;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.Problem;
import org.mailflow.core.config.SessionMailflow;
import org.mailflow.core.container.JamesFiles;
import org.mailflow.core.container.ServerConfiguration;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.event.MailLog;
import org.mailflow.core.operation.DeliveryMeter;
import org.mailflow.core.operation.MailFigures;
import org.mailflow.core.secret.ServerSecret;
import org.mailflow.core.secret.SigningKey;
import org.mailflow.core.storage.DirectoryStorage;
import org.mailflow.core.storage.Storage;
import org.mailflow.delivery.DnsNames;
import org.mailflow.delivery.Names;
import org.mailflow.delivery.QueueLedger;
import org.mailflow.delivery.custody.InHand;
import org.mailflow.delivery.custody.Poison;
import org.mailflow.delivery.custody.PoisonRepository;
import org.mailflow.directory.OpenDirectories;
import org.mailflow.directory.PromptMailflow;
import org.mailflow.smtp.MailflowMailCmdHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes {@code mailflow.xml} of James' conf directory, and the log of mail events, known to the matchers, mailets, SMTP
 * handlers and WebAdmin routes of Mailflow. A configuration with an error keeps James from starting, and so does an error in
 * {@code mailetcontainer.xml} or {@code smtpserver.xml}; the log of James then lists every problem with its place and its
 * remedy.
 *
 * <pre>{@code
 * # extensions.properties
 * guice.extension.module=org.mailflow.extension.MailflowExtension
 * guice.extension.startable=org.mailflow.extension.DomainListCheck
 * # where mail events go; this is the default
 * mailflow.mail.log=file://var/log/mail.log
 * }</pre>
 */
public final class MailflowExtension extends AbstractModule {

    private static final Logger LOGGER = LoggerFactory.getLogger(MailflowExtension.class);

    private static final String CONFIGURATION = "file://conf/mailflow.xml";
    private static final String MAIL_LOG = "mailflow.mail.log";
    private static final String DEFAULT_MAIL_LOG = "file://var/log/mail.log";
    private static final String DATA = "file://var/";
    private static final String SECRET_DIRECTORY = "file://var/mailflow";
    private static final String QUEUES = "file://var/mailflow/queues";

    private final FileSystem files;
    private final PropertiesProvider properties;
    private final ExtensionConfiguration extensions;
    private final Clock clock;

    /** For James, which makes it by name. */
    @Inject
    public MailflowExtension(
            FileSystem files, PropertiesProvider properties, ExtensionConfiguration extensions, Clock clock) {
        this.files = files;
        this.properties = properties;
        this.extensions = extensions;
        this.clock = clock;
    }

    @Override
    protected void configure() {
        if (!extensions.getStartables().contains(new ClassName(DomainListCheck.class.getName()))) {
            refuse("extensions.properties: add guice.extension.startable=" + DomainListCheck.class.getName());
        }
        try {
            MailFigures figures = new MailFigures(new MailLog(mailLog()));
            bind(MailFigures.class).toInstance(figures);
            bind(MailEvents.class).toInstance(figures);
            bind(DeliveryMeter.class).toInstance(figures);
        } catch (IOException | ConfigurationException e) {
            refuse("extensions.properties: " + MAIL_LOG + ": " + e.getMessage());
        }
        try {
            bind(QueueLedger.class)
                    .toInstance(QueueLedger.in(files.getFile(QUEUES).toPath()));
        } catch (IOException e) {
            refuse(QUEUES + " cannot be read: " + e.getMessage());
        }
        try {
            LiveMailflow live = load();
            bind(LiveMailflow.class).toInstance(live);
            bind(SessionMailflow.class).toInstance(new PromptMailflow(live));
        } catch (IOException e) {
            refuse(CONFIGURATION + " cannot be found: " + e.getMessage());
        } catch (InvalidConfigurationException e) {
            e.problems().stream()
                    .filter(Problem::isError)
                    .map(Problem::toString)
                    .forEach(this::refuse);
        }
        try {
            bind(Storage.class)
                    .toInstance(new DirectoryStorage(files.getFile(DATA).toPath()));
        } catch (IOException e) {
            refuse(DATA + " cannot be found: " + e.getMessage());
        }
        bind(Names.class).toInstance(new DnsNames());
        bind(Poison.class).to(PoisonRepository.class);
        // James' own spooler does not note anything down; deliveries alone would tell half of it.
        bind(InHand.class).toInstance(InHand.inMemory());
        checkDomainsBeforeListening();
    }

    /** James starts its startables when it listens already; our SMTP handlers are made just before. */
    private void checkDomainsBeforeListening() {
        Provider<DomainListCheck> check = getProvider(DomainListCheck.class);
        bindListener(Matchers.only(TypeLiteral.get(MailflowMailCmdHandler.class)), new TypeListener() {
            @Override
            public <I> void hear(TypeLiteral<I> type, TypeEncounter<I> encounter) {
                encounter.register((InjectionListener<I>) handler -> check.get().requireAgreement());
            }
        });
    }

    /** Guice collects the mistakes, and tells them at great length and without package names; the log is for people. */
    private void refuse(String mistake) {
        LOGGER.error("James does not start: {}", mistake);
        addError(new Message(mistake));
    }

    private LiveMailflow load() throws IOException, InvalidConfigurationException {
        Path file = files.getFile(CONFIGURATION).toPath();
        JamesFiles james = JamesFiles.read(
                file.resolveSibling(""),
                System.getenv(),
                Maps.fromProperties(System.getProperties()),
                ServerKind.STOCK_JAMES);
        OpenDirectories sources = new OpenDirectories();
        sources.connect(
                getProvider(UsersRepository.class),
                getProvider(RecipientRewriteTable.class),
                getProvider(MetricFactory.class));
        bind(OpenDirectories.class).toInstance(sources);
        MailflowXml mailflowXml = new MailflowXml(file, System.getenv(), clock, sources, signingKey());
        LiveMailflow live = new LiveMailflow(new ServerConfiguration(mailflowXml, james)::read, clock);
        live.onReload(next -> sources.retain(live.kept()));
        live.loaded().warnings().forEach(warning -> LOGGER.warn("{}", warning));
        LOGGER.info("{} is loaded", file);
        return live;
    }

    /** That of James' var directory, unless it cannot be kept: mail must flow without it. */
    private SigningKey signingKey() {
        try {
            return ServerSecret.readOrCreate(files.getFile(SECRET_DIRECTORY).toPath());
        } catch (IOException e) {
            LOGGER.warn(
                    "No secret can be kept in {}, so what comes back to senders that this server gives to mail is refused"
                            + " after a restart. Name a secretFile in mailflow.xml",
                    SECRET_DIRECTORY,
                    e);
            return SigningKey.random();
        }
    }

    private Path mailLog() throws IOException, ConfigurationException {
        return files.getFile(properties.getConfiguration("extensions").getString(MAIL_LOG, DEFAULT_MAIL_LOG))
                .toPath();
    }
}
