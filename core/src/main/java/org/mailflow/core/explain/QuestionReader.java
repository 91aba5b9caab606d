package org.mailflow.core.explain;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.decision.Peer;
import org.mailflow.core.explain.InvalidQuestionException.Flaw;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.mime.RawField;
import org.mailflow.core.tls.CertificatePin;
import org.mailflow.core.tls.PeerCertificate;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/** Turns a {@link QuestionForm} into a question, and collects all that is wrong with it. */
final class QuestionReader {

    private static final int MAX_RECIPIENTS = 1_000;
    private static final int MAX_RECEIVED = 100;
    private static final int MAX_FIELDS = 1_000;
    private static final Pattern RECEIVED = Pattern.compile("(?i)^\\s*Received\\s*:");
    private static final Pattern FIELD = Pattern.compile("[!-9;-~]+[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*");
    private static final String NULL_SENDER = "<>";
    private static final Pattern TLS_VERSION = Pattern.compile("(?i)(?:TLSv)?1(\\.[0-3])?");
    private static final Pattern CERTIFICATE_NAME = Pattern.compile("[!-~]+");

    private final QuestionForm form;
    private final List<Flaw> flaws = new ArrayList<>();

    QuestionReader(QuestionForm form) {
        this.form = form;
    }

    Question read() throws InvalidQuestionException {
        Optional<IpAddress> clientIp = required("clientIp", form.clientIp(), IpAddress::parse);
        Optional<TlsSession> tls = optional("tls", form.tls(), QuestionReader::session);
        Optional<EmailAddress> user = optional("auth", form.auth(), EmailAddress::parse);
        PeerIdentity identity = identity();
        Optional<Optional<EmailAddress>> sender = required("from", form.from(), QuestionReader::sender);
        List<EmailAddress> recipients = recipients();
        List<RawField> header = new ArrayList<>(received());
        header.addAll(header());
        Optional<DomainName> organization = optional("originatorOrg", form.originatorOrg(), DomainName::parse);
        if (form.size().filter(size -> size < 0).isPresent()) {
            flaws.add(new Flaw("size", "is negative: write the mail's size in bytes"));
        }
        if (!flaws.isEmpty()) {
            throw new InvalidQuestionException(flaws);
        }
        Peer peer = new Peer(clientIp.orElseThrow(), tls, identity, user, organization);
        return new Question(
                peer, sender.orElseThrow(), recipients, header, form.size().orElse(0L));
    }

    private List<EmailAddress> recipients() {
        if (form.to().isEmpty()) {
            flaws.add(new Flaw("to", "is missing: name at least one recipient"));
        }
        if (form.to().size() > MAX_RECIPIENTS) {
            flaws.add(new Flaw("to", "has " + form.to().size() + " recipients: ask about at most " + MAX_RECIPIENTS));
            return List.of();
        }
        return form.to().stream()
                .flatMap(address -> optional("to", Optional.of(address), EmailAddress::parse).stream())
                .toList();
    }

    private List<RawField> received() {
        if (form.received().size() > MAX_RECEIVED) {
            flaws.add(new Flaw(
                    "received", "has " + form.received().size() + " headers: ask about at most " + MAX_RECEIVED));
        }
        return form.received().stream()
                .map(header -> RawField.of(
                        "Received", RECEIVED.matcher(header).replaceFirst("").strip()))
                .toList();
    }

    private List<RawField> header() {
        if (form.header().size() > MAX_FIELDS) {
            flaws.add(new Flaw("header", "has " + form.header().size() + " fields: ask with at most " + MAX_FIELDS));
            return List.of();
        }
        List<RawField> fields = new ArrayList<>();
        for (String text : form.header()) {
            String field = text.stripTrailing();
            if (FIELD.matcher(field).matches()) {
                int colon = field.indexOf(':');
                fields.add(RawField.of(
                        field.substring(0, colon).strip(),
                        field.substring(colon + 1).strip()));
            } else {
                flaws.add(new Flaw("header", "'" + field + "' is no field: write Name: value"));
            }
        }
        return fields;
    }

    private PeerIdentity identity() {
        if (form.certificate().isEmpty()) {
            return PeerIdentity.none();
        }
        if (form.tls().isEmpty()) {
            flaws.add(new Flaw("certificate", "cannot be presented in clear text: give a TLS version as well"));
        }
        QuestionForm.Certificate certificate = form.certificate().get();
        if (certificate.names().stream()
                .anyMatch(name -> !CERTIFICATE_NAME.matcher(name).matches())) {
            flaws.add(new Flaw("certificate", "has a name that no certificate has: write mail.contoso.com"));
        }
        List<String> names =
                certificate.names().stream().map(Ascii::toLowerCase).toList();
        Optional<CertificatePin> pin = optional("certificate", certificate.pin(), CertificatePin::parse);
        PeerCertificate presented =
                new PeerCertificate(names, Optional.empty(), pin.map(Set::of).orElse(Set.of()));
        return certificate.verified()
                ? new PeerIdentity.Verified(presented)
                : new PeerIdentity.Unverified("as the question has it", presented, pin.isPresent());
    }

    private static TlsSession session(String version) {
        var matcher = TLS_VERSION.matcher(version);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + version + "' is no TLS version: write TLSv1.2 or TLSv1.3");
        }
        String minor = Optional.ofNullable(matcher.group(1))
                .filter(text -> !text.equals(".0"))
                .orElse("");
        return new TlsSession("TLSv1" + minor, "any cipher");
    }

    private static Optional<EmailAddress> sender(String text) {
        return text.equals(NULL_SENDER) ? Optional.empty() : Optional.of(EmailAddress.parse(text));
    }

    private <T> Optional<T> required(String field, Optional<String> text, Function<String, T> parser) {
        if (text.isEmpty()) {
            flaws.add(new Flaw(field, "is missing"));
        }
        return optional(field, text, parser);
    }

    private <T> Optional<T> optional(String field, Optional<String> text, Function<String, T> parser) {
        try {
            return text.map(parser);
        } catch (IllegalArgumentException e) {
            flaws.add(new Flaw(field, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
