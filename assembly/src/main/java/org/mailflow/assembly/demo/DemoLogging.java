package org.mailflow.assembly.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Lets the whole process log into a file while the demo runs: a terminal is for the report. */
final class DemoLogging implements AutoCloseable {

    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %thread %logger{30} %msg%n";

    private final Logger root;
    private final Level formerLevel;
    private final List<Appender<ILoggingEvent>> former = new ArrayList<>();
    private final FileAppender<ILoggingEvent> file;

    private DemoLogging(Logger root, FileAppender<ILoggingEvent> file) {
        this.root = root;
        this.formerLevel = root.getLevel();
        this.file = file;
        root.iteratorForAppenders().forEachRemaining(former::add);
    }

    /** Begins to log into a file. */
    static DemoLogging into(Path path) {
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logback);
        encoder.setPattern(PATTERN);
        encoder.start();
        FileAppender<ILoggingEvent> file = new FileAppender<>();
        file.setContext(logback);
        file.setFile(path.toString());
        file.setEncoder(encoder);
        file.start();
        DemoLogging logging = new DemoLogging(logback.getLogger(Logger.ROOT_LOGGER_NAME), file);
        logging.begin();
        return logging;
    }

    private void begin() {
        former.forEach(root::detachAppender);
        root.setLevel(Level.INFO);
        root.addAppender(file);
    }

    /** Goes back to where the process logged before. */
    @Override
    public void close() {
        root.detachAppender(file);
        file.stop();
        root.setLevel(formerLevel);
        former.forEach(root::addAppender);
    }
}
