package org.mailflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.explain.LookupForm;
import org.mailflow.core.explain.LookupResult;
import org.mailflow.core.json.JsonTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./mailflow directory lookup}: which source knows an address, and where its mail goes. */
@Command(
        name = "lookup",
        description =
                "Tells what each source of recipients says of an address, in the order in which they are asked, and"
                        + " where mail for it goes.",
        sortOptions = false,
        sortSynopsis = false,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the address is somebody's",
            "1:it is nobody's, or the files have an error (--offline)",
            "2:wrong usage",
            "3:the running server cannot be asked",
            "75:a source is unavailable, so that it cannot be told"
        })
final class DirectoryLookupCommand implements Callable<Integer> {

    private static final String PATH = "/mailflow/directory/lookup";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "ADDRESS", description = "The address: primary, proxy or target address.")
    private String address = "";

    @Option(
            names = "--organization",
            paramLabel = "NAME",
            description = "Whose directory is asked. Default: that of the organization that accepts the domain.")
    private @Nullable String organization;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    @Option(
            names = "--offline",
            description =
                    "Ask the files instead of the running server. Directory servers and James' users are not asked"
                            + " then, and shown as unavailable.")
    private boolean offline;

    @Override
    public Integer call() throws CommandFailure {
        LookupForm form = new LookupForm(address, Optional.ofNullable(organization));
        Optional<String> flaw = form.flaw();
        if (flaw.isPresent()) {
            throw CommandFailure.usage(flaw.get());
        }
        LookupResult result;
        String source;
        if (offline) {
            OfflineAnswers files = new OfflineAnswers(configuration, data, Screen.err(spec));
            result = files.lookUp(form);
            source = files.source();
        } else {
            RunningServer running = server.find(configuration.directory(), data.directory());
            result = running.post(PATH, form, LookupResult.class);
            source = "the running server at " + running.url();
        }
        if (format.isJson()) {
            Screen.out(spec).json(new JsonTexts().writeIndented(result));
        } else {
            new LookupView(Screen.out(spec)).show(result, source);
        }
        return switch (result.outcome()) {
            case LookupResult.FOUND -> ExitCode.OK;
            case LookupResult.NOT_FOUND -> ExitCode.NOT_OK;
            default -> ExitCode.UNAVAILABLE;
        };
    }
}
