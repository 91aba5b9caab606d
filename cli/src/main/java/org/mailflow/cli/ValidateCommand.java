package org.mailflow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.validation.ConnectorName;
import org.mailflow.core.validation.ConnectorState;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.OfflineValidator;
import org.mailflow.core.validation.ValidationPlan;
import org.mailflow.core.validation.ValidationWish;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mailflow validate}: whether the next hops of an outbound connector take mail as it demands. */
@Command(
        name = "validate",
        description =
                "Tries every next hop of an outbound connector as the server's delivery does: DNS, connection, EHLO, STARTTLS,"
                        + " certificate, MAIL FROM and RCPT TO, and tells of each step what was found and what to do. No mail"
                        + " is sent without --send. The running server remembers the outcome, and status shows it.",
        sortOptions = false,
        sortSynopsis = false,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every host takes mail, and every mail that was sent arrived at its next hop",
            "1:a host does not take mail, or a mail did not arrive",
            "2:wrong usage, no such connector, or the files have an error (--offline)",
            "3:the running server cannot be asked"
        })
public final class ValidateCommand implements Callable<Integer> {

    private static final String CONNECTORS = "/mailflow/connectors";

    private final OfflineValidator offlineValidator;
    private final Clock clock = Clock.systemUTC();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CONNECTOR",
            description =
                    "The connector, enabled or not: organization/connector, or its own name where no other has it.")
    private String connector = "";

    @Option(
            names = "--recipient",
            paramLabel = "ADDR",
            description = "Whom the hosts are asked to take mail for; may be given again. Default: the connector's"
                    + " validationRecipients.")
    private List<String> recipients = List.of();

    @Option(
            names = "--from",
            paramLabel = "ADDR",
            description = "MAIL FROM; '<>' for the null sender. Default: the postmaster of the organization's first"
                    + " authoritative domain.")
    private @Nullable String from;

    @Option(
            names = "--send",
            description =
                    "Send a real mail to each recipient by the running server's queue, and wait for what its next hop"
                            + " says of it.")
    private boolean send;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long a host may take for each step, no longer than the delivery waits. Default: "
                    + ValidationWish.TIMEOUT + ".")
    private @Nullable Integer timeout;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description =
                    "How long to wait for the outcome of the mails of --send. Default: " + ValidationWish.WAIT + ".")
    private @Nullable Integer patience;

    @Option(
            names = "--offline",
            description =
                    "Try the connector of the files, from this process, instead of the running server's: a draft that no"
                            + " server runs yet. Nothing is remembered.")
    private boolean offline;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The same with another mailflow.xml; James' files are those of --conf.")
    private @Nullable Path draft;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    /** A command that tries drafts by this. */
    public ValidateCommand(OfflineValidator offlineValidator) {
        this.offlineValidator = offlineValidator;
    }

    @Override
    public Integer call() throws CommandFailure {
        ValidationWish wish = new ValidationWish(
                recipients,
                Optional.ofNullable(from),
                send ? Optional.of(true) : Optional.empty(),
                Optional.ofNullable(timeout),
                Optional.ofNullable(patience));
        Optional<String> flaw = wish.flaw();
        if (flaw.isPresent()) {
            throw CommandFailure.usage(flaw.get());
        }
        boolean ofFiles = offline || draft != null;
        if (ofFiles && send) {
            throw CommandFailure.usage("--send is for the running server: its queue sends the mail, and files have none"
                    + "\nValidate the draft without --send, let the server read it, and then send.");
        }
        return ofFiles ? tryFiles(wish) : askServer(wish);
    }

    private int askServer(ValidationWish wish) throws CommandFailure {
        RunningServer running = server.find(configuration.directory(), data.directory());
        List<String> names = Arrays.stream(running.get(CONNECTORS, Map.of(), ConnectorState[].class))
                .map(ConnectorState::connector)
                .toList();
        String name = find(names);
        int slash = name.indexOf('/');
        String path = CONNECTORS + "/" + RunningServer.encoded(name.substring(0, slash)) + "/"
                + RunningServer.encoded(name.substring(slash + 1)) + "/validation";
        return show(running.act(path, wish, ConnectorValidation.class), "the running server at " + running.url());
    }

    private int tryFiles(ValidationWish wish) throws CommandFailure {
        MailflowFile file = draft == null
                ? new MailflowFile(configuration.existingMailflowXml(), clock)
                : MailflowFile.existing(draft, clock);
        Mailflow mailflow = file.read(data, Screen.err(spec))
                .orElseThrow(() -> CommandFailure.usage("no server would run on " + file));
        Map<String, Organization> owners = new LinkedHashMap<>();
        mailflow.organizations().forEach(organization -> organization
                .outboundConnectors()
                .all()
                .forEach(candidate -> owners.put(organization.queueName(candidate), organization)));
        String name = find(List.copyOf(owners.keySet()));
        Organization owner = Objects.requireNonNull(owners.get(name));
        OutboundConnector found = owner.outboundConnectors()
                .named(name.substring(name.indexOf('/') + 1))
                .orElseThrow();
        try {
            ValidationPlan plan = ValidationPlan.of(mailflow, owner, found, wish);
            return show(
                    offlineValidator.validate(configuration.directory(), mailflow, plan),
                    "the file, not a server: " + file);
        } catch (ValidationPlan.Refused e) {
            throw CommandFailure.usage(e.text());
        } catch (IOException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private String find(List<String> names) throws CommandFailure {
        return ConnectorName.find(names, connector)
                .orElseThrow(() -> CommandFailure.usage(ConnectorName.unknown(names, connector)));
    }

    private int show(ConnectorValidation validation, String source) {
        if (format.isJson()) {
            Screen.out(spec).json(new JsonTexts().writeIndented(validation));
        } else {
            new ValidationView(Screen.out(spec)).show(validation, source);
        }
        return validation.isValidated() ? ExitCode.OK : ExitCode.NOT_OK;
    }
}
