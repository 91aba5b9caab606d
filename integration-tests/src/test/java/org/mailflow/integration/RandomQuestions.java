package org.mailflow.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.mailflow.core.explain.QuestionForm;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.CertificateOrder;
import org.mailflow.testing.tls.TlsContexts;

/** Mails that might come to the {@link Gateway}, by chance: the same for the same seed. */
final class RandomQuestions {

    private static final List<String> CLIENTS = List.of(
            "127.0.0.99",
            "127.0.0.99",
            "127.0.0.98",
            "127.0.0.6",
            "127.0.0.7",
            "127.0.0.16",
            "127.0.0.20",
            "127.0.0.23",
            "127.0.0.24",
            "127.0.0.31",
            "127.0.0.40",
            "127.0.0.41",
            "127.0.0.66",
            "127.0.0.70");
    private static final List<String> SENDERS = List.of(
            "chris@contoso.com",
            "cg@contoso.com",
            "david@contoso.com",
            "nobody@contoso.com",
            "ina@relay.contoso.com",
            "ann@fabrikam.com",
            "robot@plant.fabrikam.com",
            "a@x.test",
            "b@sub.tenant.test",
            "t@tailspin.test",
            "t@sub.tailspin.test",
            "w@woodgrove.test",
            "n@northwind.test",
            "Erin@CPANDL.com",
            "<>");
    private static final List<String> RECIPIENTS = List.of(
            "chris@contoso.com",
            "Chris.Green@Contoso.com",
            "david@contoso.com",
            "dave@contoso.com",
            "liz@contoso.com",
            "peter@contoso.com",
            "erin.contact@contoso.com",
            "adam.contact@contoso.com",
            "ann.contact@contoso.com",
            "nobody@contoso.com",
            "ina@relay.contoso.com",
            "whoever@relay.contoso.com",
            "x@deep.relay.contoso.com",
            "x@lab.relay.contoso.com",
            "x@one.lab.relay.contoso.com",
            "somebody@outside.contoso.com",
            "david@contoso.mail.onmicrosoft.com",
            "ann@fabrikam.com",
            "bob@fabrikam.com",
            "carl.contact@fabrikam.com",
            "nobody@fabrikam.com",
            "y@plant.fabrikam.com",
            "z@adventure.test",
            "p@partner.test",
            "p@dept.partner.test",
            "erin@cpandl.com",
            "adam@adatum.test",
            "wing@wingtip.test");
    /** The names in certificates; the last are those of a host that relays for both organizations. */
    private static final List<List<String>> CERTIFIED = List.of(
            List.of("cloud.contoso.com"),
            List.of("CLOUD.contoso.com", "other.test"),
            List.of("one.branch.test"),
            List.of("a.b.branch.test"),
            List.of("mail.northwind.test"),
            List.of("mail.fabrikam.com"),
            List.of("somebody.else.test"),
            List.of("cloud.contoso.com", "mail.fabrikam.com"),
            List.of("cloud.contoso.com", "mail.fabrikam.com"));

    private static final int MOST_RECIPIENTS = 3;

    private final Random random;
    private final CertificateAuthority trusted;
    private final CertificateAuthority unknown = CertificateAuthority.create("Test authority");

    RandomQuestions(long seed, CertificateAuthority trusted) {
        this.random = new Random(seed);
        this.trusted = trusted;
    }

    /**
     * A question, and how a client that it is about shakes hands.
     *
     * @param form the question
     * @param tls empty for clear text
     */
    record Asked(QuestionForm form, Optional<SSLContext> tls) {}

    Asked next() {
        String client = any(CLIENTS);
        Optional<String> user = random.nextInt(5) == 0 ? Optional.of(any(List.of(Gateway.USERS))) : Optional.empty();
        boolean tls = user.isPresent() || random.nextInt(3) > 0;
        Optional<List<String>> names = tls && random.nextInt(3) > 0 ? Optional.of(any(CERTIFIED)) : Optional.empty();
        boolean verified = random.nextInt(4) > 0;
        List<String> recipients = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_RECIPIENTS);
        for (int i = 0; i < count; i++) {
            recipients.add(any(RECIPIENTS));
        }
        String sender = user.filter(address -> random.nextBoolean()).orElseGet(() -> any(SENDERS));
        QuestionForm form = new QuestionForm(
                Optional.of(client),
                tls ? Optional.of("TLSv1.3") : Optional.empty(),
                names.map(dnsNames -> new QuestionForm.Certificate(dnsNames, verified)),
                user,
                Optional.of(sender),
                recipients,
                List.of());
        return new Asked(form, tls ? Optional.of(context(names, verified)) : Optional.empty());
    }

    private SSLContext context(Optional<List<String>> names, boolean verified) {
        return names.map(dnsNames -> (verified ? trusted.order(dnsNames.get(0)) : unverified(dnsNames.get(0)))
                        .dnsNames(dnsNames.toArray(String[]::new))
                        .issue())
                .map(TlsContexts::gullibleClient)
                .orElseGet(TlsContexts::gullibleClient);
    }

    /** Somebody's own authority, nobody's authority, or out of date. */
    private CertificateOrder unverified(String name) {
        return switch (random.nextInt(3)) {
            case 0 -> unknown.order(name);
            case 1 -> CertificateOrder.selfSigned(name);
            default -> trusted.order(name).expired();
        };
    }

    private <T> T any(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
