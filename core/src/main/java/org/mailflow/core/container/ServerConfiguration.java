package org.mailflow.core.container;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.core.config.Problem;

/**
 * All that a server goes by: {@code mailflow.xml}, which can change while it runs, beside the files of James as it started
 * with them. An error in any of them refuses the whole.
 */
public final class ServerConfiguration {

    private final MailflowXml mailflowXml;
    private final JamesFiles james;

    /** Both together. */
    public ServerConfiguration(MailflowXml mailflowXml, JamesFiles james) {
        this.mailflowXml = mailflowXml;
        this.james = james;
    }

    /**
     * What is wrong, or risky, in a directory, whosever server it is for; beside what a start finds, the domains that a
     * stock James gets from there.
     *
     * @param environment the variables that the files may name
     */
    public static Configuration check(Path folder, Map<String, String> environment) {
        ServerKind kind = JamesFiles.kindOf(folder);
        MailflowXml mailflowXml = new MailflowXml(folder.resolve("mailflow.xml"), environment, Clock.systemUTC());
        ServerConfiguration server =
                new ServerConfiguration(mailflowXml, JamesFiles.read(folder, environment, Map.of(), kind));
        Configuration read = mailflowXml.read(0);
        List<Problem> domains = kind == ServerKind.OUR_SERVER
                ? List.of()
                : read.mailflow()
                        .map(new DomainListXml(folder, environment)::problemsBeside)
                        .orElse(List.of());
        return with(server.beside(read), domains);
    }

    /** Reads {@code mailflow.xml} as it is now, and gives the snapshot this generation. */
    public Configuration read(long generation) {
        return beside(mailflowXml.read(generation));
    }

    private Configuration beside(Configuration read) {
        return with(
                with(read, james.problems()),
                read.mailflow().map(james::problemsBeside).orElse(List.of()));
    }

    private static Configuration with(Configuration read, List<Problem> more) {
        List<Problem> problems =
                Stream.concat(read.problems().stream(), more.stream()).sorted().toList();
        boolean refused = more.stream().anyMatch(Problem::isError);
        return new Configuration(refused ? Optional.empty() : read.mailflow(), problems);
    }
}
