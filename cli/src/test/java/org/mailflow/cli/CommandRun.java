package org.mailflow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/**
 * What came of a command line.
 *
 * @param exitCode what the shell is told
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(String... arguments) {
        return of(Ansi.OFF, arguments);
    }

    static CommandRun of(Ansi colours, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = MailflowCommand.commandLine()
                .setColorScheme(Help.defaultColorScheme(colours))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** A file beside the tests. */
    static Path resource(String name) throws URISyntaxException {
        URL url = Objects.requireNonNull(CommandRun.class.getResource(name), name);
        return Path.of(url.toURI());
    }

    /** What a command is expected to write. */
    static String golden(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(CommandRun.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
