package org.mailflow.core.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problem;
import org.mailflow.core.config.Problems;
import org.mailflow.core.config.environment.EnvironmentFile;
import org.mailflow.core.config.reading.Reading;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.xml.Element;
import org.mailflow.core.config.xml.ElementParser;
import org.mailflow.core.config.xml.EnvironmentVariables;
import org.mailflow.core.config.xml.SourceText;
import org.mailflow.core.container.checks.ContainerChecks;
import org.mailflow.core.container.reading.ListenerDraft;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.reading.MailetContainerReader;
import org.mailflow.core.container.reading.SmtpServerReader;
import org.mailflow.core.container.settings.MailetContainerElements;
import org.mailflow.core.container.settings.SmtpServerElements;
import org.mailflow.core.model.Mailflow;

/**
 * The files of James in a configuration directory, as they were when they were read. A server reads them once, when it
 * starts, and so does this.
 */
public final class JamesFiles {

    private static final String MAILET_CONTAINER = "mailetcontainer.xml";
    private static final String SMTP_SERVER = "smtpserver.xml";
    private static final String REPOSITORY_STORE = "mailrepositorystore.xml";
    private static final String EXTENSIONS = "extensions.properties";

    private final Path folder;
    private final ServerKind kind;
    private final EnvironmentVariables environment;
    private final List<Problem> problems;
    private final Optional<Element> mailetContainer;
    private final Optional<Element> smtpServer;

    private JamesFiles(
            Path folder,
            ServerKind kind,
            EnvironmentVariables environment,
            List<Problem> problems,
            Optional<Element> mailetContainer,
            Optional<Element> smtpServer) {
        this.folder = folder;
        this.kind = kind;
        this.environment = environment;
        this.problems = problems;
        this.mailetContainer = mailetContainer;
        this.smtpServer = smtpServer;
    }

    /** Whether a directory has files of James at all. */
    public static boolean isThereAny(Path folder) {
        return List.of(MAILET_CONTAINER, SMTP_SERVER).stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** Whose server a directory is for: the extension has a file that our server has no use for. */
    public static ServerKind kindOf(Path folder) {
        return Files.exists(folder.resolve(EXTENSIONS)) ? ServerKind.STOCK_JAMES : ServerKind.OUR_SERVER;
    }

    /**
     * Reads and judges the files of a directory.
     *
     * @param environment the variables that they may name; they go before those of {@link EnvironmentFile}, which our
     *     server alone has
     * @param properties the properties of the Java process that runs on them; none where it is not this one
     */
    public static JamesFiles read(
            Path folder, Map<String, String> environment, Map<String, String> properties, ServerKind kind) {
        Problems problems = new Problems();
        EnvironmentVariables variables = EnvironmentVariables.besideOthers(
                kind == ServerKind.STOCK_JAMES ? environment : EnvironmentFile.variables(folder, environment));
        if (kind == ServerKind.STOCK_JAMES && Files.exists(folder.resolve(EnvironmentFile.NAME))) {
            problems.warning(
                    new Location(EnvironmentFile.NAME, 1, 1),
                    "the file",
                    "is read for mailflow.xml alone: a stock James knows only the variables of its process",
                    "Set them in the environment of James, with EnvironmentFile= of systemd for instance, and remove it");
        }
        Optional<Element> container = parse(folder, MAILET_CONTAINER, problems);
        container
                .flatMap(root -> container(root, folder, kind, variables, problems))
                .ifPresent(draft -> ContainerChecks.run(draft, kind, protocols(folder, problems)));
        Optional<Element> smtpServer = parse(folder, SMTP_SERVER, problems);
        smtpServer.ifPresent(root -> ContainerChecks.run(listeners(root, folder, variables, problems), kind));
        JvmProperties.judge(properties, problems);
        JvmProperties.judge(folder, problems);
        return new JamesFiles(folder, kind, variables, problems.inOrder(), container, smtpServer);
    }

    /** What is wrong with the files as such, or risky, in their order. */
    public List<Problem> problems() {
        return problems;
    }

    /** What is wrong with them beside this configuration: connectors and proxies that they need, and it does not have. */
    public List<Problem> problemsBeside(Mailflow mailflow) {
        Problems found = new Problems();
        mailetContainer
                .flatMap(root -> container(root, folder, kind, environment, found))
                .ifPresent(draft -> ContainerChecks.runBeside(mailflow, draft));
        smtpServer.ifPresent(
                root -> ContainerChecks.runBeside(mailflow, listeners(root, folder, environment, found), kind));
        return found.inOrder().stream()
                .filter(problem -> !problems.contains(problem))
                .toList();
    }

    private static Optional<MailetContainerDraft> container(
            Element root, Path folder, ServerKind kind, EnvironmentVariables environment, Problems problems) {
        Reading reading = reading(folder, environment, MailetContainerElements.ROOT, problems);
        return new MailetContainerReader(reading, kind).read(root);
    }

    private static List<ListenerDraft> listeners(
            Element root, Path folder, EnvironmentVariables environment, Problems problems) {
        return new SmtpServerReader(reading(folder, environment, SmtpServerElements.ROOT, problems)).read(root);
    }

    private static Reading reading(Path folder, EnvironmentVariables environment, ElementSpec root, Problems problems) {
        return new Reading(folder, environment, Instant.EPOCH, root, problems);
    }

    private static Optional<Element> parse(Path folder, String name, Problems problems) {
        return SourceText.read(folder.resolve(name), name, problems)
                .flatMap(text -> ElementParser.parse(text, problems));
    }

    /** Those that mail repositories may have; James' own, where no file says so, are not known here. */
    private static Optional<Set<String>> protocols(Path folder, Problems problems) {
        return Files.exists(folder.resolve(REPOSITORY_STORE))
                ? parse(folder, REPOSITORY_STORE, problems).map(root -> {
                    Set<String> found = new HashSet<>();
                    collect(root, found);
                    return found;
                })
                : Optional.empty();
    }

    private static void collect(Element element, Set<String> protocols) {
        if (element.name().equals("protocol")) {
            protocols.add(element.text());
        }
        element.children().forEach(child -> collect(child, protocols));
    }
}
