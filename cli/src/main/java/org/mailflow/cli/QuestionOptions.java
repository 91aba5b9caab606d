package org.mailflow.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.core.explain.QuestionForm.Certificate;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The mail that is asked about. Its options bear the names of {@link QuestionForm}'s fields. */
final class QuestionOptions {

    private static final String USUAL_TLS = "TLSv1.3";

    @Option(
            names = "--client-ip",
            paramLabel = "IP",
            required = true,
            description = "The address of the server that brings the mail.")
    private String clientIp = "";

    @ArgGroup
    private Encryption encryption = new Encryption();

    @ArgGroup
    private Presented presented = new Presented();

    @Option(names = "--auth", paramLabel = "USER", description = "The user that it authenticates as.")
    private @Nullable String auth;

    @Option(
            names = "--from",
            paramLabel = "ADDR",
            required = true,
            description = "MAIL FROM; '<>' for the null sender.")
    private String from = "";

    @Option(names = "--to", paramLabel = "ADDR", required = true, description = "RCPT TO; may be given again.")
    private List<String> to = List.of();

    @Option(
            names = "--received",
            paramLabel = "HEADER",
            description = "A Received header of the mail; may be given again, from the top. Enhanced filtering reads"
                    + " them.")
    private List<String> received = List.of();

    @Option(
            names = "--header",
            paramLabel = "FIELD",
            description =
                    "A field of the mail's header as it would come, 'Name: value'; may be given again, from the top."
                            + " What the other premises says of a mail stands there, and the marks of loop detection.")
    private List<String> header = List.of();

    @Option(
            names = "--message",
            paramLabel = "FILE",
            description = "A file with the mail, or its header: every field is read as with --header.")
    private @Nullable Path message;

    @Option(
            names = "--xoorg",
            paramLabel = "DOMAIN",
            description = "The parameter XOORG of MAIL FROM, by which Exchange Online says whose mail it is.")
    private @Nullable String originatorOrg;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "The mail's size in bytes, as the client says it at MAIL FROM. Default: that of --message.")
    private @Nullable Long size;

    static final class Encryption {
        @Option(
                names = "--tls",
                paramLabel = "VERSION",
                description = "The TLS version of the session. Default: " + USUAL_TLS + ".")
        private String version = USUAL_TLS;

        @Option(names = "--no-tls", description = "The session is in clear text.")
        private boolean none;
    }

    static final class Presented {
        @Option(
                names = "--certificate",
                paramLabel = "NAME",
                split = ",",
                description = "It presents a certificate with these names, in good order.")
        private List<String> verified = List.of();

        @Option(
                names = "--unverified-certificate",
                paramLabel = "NAME",
                split = ",",
                description = "It presents a certificate with these names that proves nothing: of an unknown"
                        + " authority, expired, or the like.")
        private List<String> unverified = List.of();
    }

    @Option(
            names = "--certificate-pin",
            paramLabel = "PIN",
            description = "The certificate that it presents satisfies this pin, as tlsSenderCertificatePins has it.")
    private @Nullable String pin;

    /**
     * The question as it is written.
     *
     * @throws CommandFailure where the message cannot be read
     */
    QuestionForm form() throws CommandFailure {
        return new QuestionForm(
                Optional.of(clientIp),
                encryption.none ? Optional.empty() : Optional.of(encryption.version),
                certificate(),
                Optional.ofNullable(auth),
                Optional.of(from),
                to,
                received,
                fields(),
                Optional.ofNullable(originatorOrg),
                size());
    }

    private Optional<Long> size() throws CommandFailure {
        if (size != null || message == null) {
            return Optional.ofNullable(size);
        }
        try {
            return Optional.of(Files.size(message));
        } catch (IOException e) {
            throw CommandFailure.usage("--message: cannot read " + message + ": " + e.getMessage());
        }
    }

    private List<String> fields() throws CommandFailure {
        List<String> fields = new ArrayList<>(header);
        if (message != null) {
            fields.addAll(fieldsOf(message));
        }
        return fields;
    }

    private static List<String> fieldsOf(Path message) throws CommandFailure {
        try (BufferedReader lines = Files.newBufferedReader(message, StandardCharsets.ISO_8859_1)) {
            List<String> fields = new ArrayList<>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                boolean folded = !fields.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"));
                if (folded) {
                    fields.add(fields.remove(fields.size() - 1) + "\r\n" + line);
                } else {
                    fields.add(line);
                }
            }
            return fields;
        } catch (IOException e) {
            throw CommandFailure.usage("--message: cannot read " + message + ": " + e.getMessage());
        }
    }

    private Optional<Certificate> certificate() {
        Optional<String> satisfied = Optional.ofNullable(pin);
        if (!presented.verified.isEmpty()) {
            return Optional.of(new Certificate(presented.verified, true, satisfied));
        }
        return presented.unverified.isEmpty() && satisfied.isEmpty()
                ? Optional.empty()
                : Optional.of(new Certificate(presented.unverified, false, satisfied));
    }

    /** The option of a field: {@code clientIp} is {@code --client-ip}. */
    static String optionOf(String field) {
        if (field.equals("originatorOrg")) {
            return "--xoorg";
        }
        return "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
