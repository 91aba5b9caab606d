package org.mailflow.assembly;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailflow.core.config.environment.EnvironmentFile;
import org.slf4j.LoggerFactory;

/** The server's own log, as the {@code logback.xml} of its configuration directory has it. */
final class ServerLogging {

    private ServerLogging() {}

    /**
     * Logs as the {@code logback.xml} of a directory says; where there is none, as before. The file may name variables of
     * {@link EnvironmentFile} as <code>${NAME:-default}</code>.
     *
     * @throws JoranException where the file makes no sense
     */
    static void configure(Path configuration) throws JoranException {
        Path file = configuration.resolve("logback.xml");
        if (Files.notExists(file) || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        context.reset();
        EnvironmentFile.variables(configuration, System.getenv()).forEach(context::putProperty);
        configurator.doConfigure(file.toFile());
    }
}
