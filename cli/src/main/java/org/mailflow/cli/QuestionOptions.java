package org.mailflow.cli;

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

    QuestionForm form() {
        return new QuestionForm(
                Optional.of(clientIp),
                encryption.none ? Optional.empty() : Optional.of(encryption.version),
                certificate(),
                Optional.ofNullable(auth),
                Optional.of(from),
                to,
                received);
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
        return "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
