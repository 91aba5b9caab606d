package org.mailflow.extension;

import com.google.inject.AbstractModule;
import com.google.inject.spi.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import javax.inject.Inject;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.utils.ClassName;
import org.apache.james.utils.ExtensionConfiguration;
import org.apache.james.utils.PropertiesProvider;
import org.mailflow.core.config.InvalidConfigurationException;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.event.MailLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes {@code mailflow.xml} of James' conf directory, and the log of mail events, known to the matchers, mailets, SMTP
 * handlers and WebAdmin routes of Mailflow. A configuration with an error keeps James from starting; the log of James
 * then lists every problem with its place and its remedy.
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
        // A mistake is no exception here, so that Guice reports all of them at once.
        if (!extensions.getStartables().contains(new ClassName(DomainListCheck.class.getName()))) {
            addError(new Message("extensions.properties has to have the line guice.extension.startable="
                    + DomainListCheck.class.getName()));
        }
        try {
            bind(MailEvents.class).toInstance(new MailLog(mailLog()));
        } catch (IOException | ConfigurationException e) {
            addError(new Message("extensions.properties, " + MAIL_LOG + ": " + e.getMessage()));
        }
        try {
            bind(LiveMailflow.class).toInstance(load());
        } catch (IOException | InvalidConfigurationException e) {
            addError(new Message("mailflow.xml is refused:" + System.lineSeparator() + e.getMessage()));
        }
    }

    private LiveMailflow load() throws IOException, InvalidConfigurationException {
        Path file = files.getFile(CONFIGURATION).toPath();
        LiveMailflow live = new LiveMailflow(new MailflowXml(file, System.getenv(), clock)::read, clock);
        live.loaded().warnings().forEach(warning -> LOGGER.warn("{}", warning));
        LOGGER.info("{} is loaded", file);
        return live;
    }

    private Path mailLog() throws IOException, ConfigurationException {
        return files.getFile(properties.getConfiguration("extensions").getString(MAIL_LOG, DEFAULT_MAIL_LOG))
                .toPath();
    }
}
