package org.mailflow.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.apache.james.core.Username;
import org.apache.james.smtpserver.CoreCmdHandlerLoader;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.mailflow.core.config.Configuration;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.MailflowXml;
import org.mailflow.directory.OpenDirectories;
import org.mailflow.smtp.MailflowHandlers;
import org.mailflow.testing.james.EveryDomain;
import org.mailflow.testing.ldap.Slapd;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.TlsContexts;

/**
 * Accepted mails a second by James' SMTP server with our handlers (recipients in a real slapd, partner and own servers by
 * certificate, every check of content) beside the same server with James' own (recipients in memory, ValidRcptHandler). Both take
 * the same mail over TLS from clients with a certificate, put it into a spool, and throw it away there: into a store that is
 * synced before a mail is answered, as servers have it that lose nothing, or into memory. Rounds alternate; the ratio is that
 * of the medians. Arguments: mails of a connection (10), seconds of a round (10), store or memory (store).
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar org.mailflow.benchmarks.FrontDoorCost 10 10 store
 * }</pre>
 */
public final class FrontDoorCost {

    private static final int ROUNDS = 5;
    private static final int WARM_UP = 5;
    private static final int CLIENTS = 10;
    private static final int RECIPIENTS = 1_000;
    private static final AcceptingServer.Handlers OURS =
            new AcceptingServer.Handlers(MailflowHandlers.class.getName(), List.of());
    private static final AcceptingServer.Handlers STOCK = new AcceptingServer.Handlers(
            CoreCmdHandlerLoader.class.getName(), List.of("org.apache.james.smtpserver.fastfail.ValidRcptHandler"));
    private static final String DOMAIN = "contoso.com";
    private static final byte[] MESSAGE = message();

    private final CertificateAuthority authority = CertificateAuthority.create("Benchmark");
    private final SSLContext client = TlsContexts.client(authority.issue("mail.fabrikam.com"), authority);
    private final int mailsPerConnection;
    private final Duration round;
    private final boolean inStore;

    private FrontDoorCost(int mailsPerConnection, Duration round, boolean inStore) {
        this.mailsPerConnection = mailsPerConnection;
        this.round = round;
        this.inStore = inStore;
    }

    /** Prints each round and the ratio. */
    public static void main(String[] arguments) throws Exception {
        int mails = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        boolean inStore = arguments.length < 3 || !arguments[2].equals("memory");
        int status = 1;
        try {
            new FrontDoorCost(mails, Duration.ofSeconds(seconds), inStore).run();
            status = 0;
        } finally {
            // James' queues leave threads behind that would go on for ever.
            Runtime.getRuntime().halt(status);
        }
    }

    private void run() throws Exception {
        SSLContext tls = TlsContexts.server(authority.issue("mail.contoso.com"));
        Path directory = Files.createTempDirectory("front-door-cost");
        try (Slapd slapd = Slapd.start(authority, entries());
                OpenDirectories sources = new OpenDirectories();
                Spool oursSpool = spool(directory.resolve("ours"));
                Spool stockSpool = spool(directory.resolve("stock"));
                AcceptingServer ours =
                        AcceptingServer.start(OURS, oursSpool.queues(), live(directory, slapd, sources), users(), tls);
                AcceptingServer stock = AcceptingServer.start(
                        STOCK, stockSpool.queues(), live(directory, slapd, sources), users(), tls)) {
            for (int i = 0; i < WARM_UP; i++) {
                measure(ours);
                measure(stock);
            }
            List<Double> oursRates = new ArrayList<>();
            List<Double> stockRates = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                oursRates.add(measure(ours));
                stockRates.add(measure(stock));
                System.out.printf("round %d: ours %.0f/s, stock %.0f/s%n", i + 1, oursRates.get(i), stockRates.get(i));
            }
            System.out.printf(
                    "%d mails a connection, %d clients: medians %.0f/s and %.0f/s, ratio %.2f%n",
                    mailsPerConnection,
                    CLIENTS,
                    median(oursRates),
                    median(stockRates),
                    median(oursRates) / median(stockRates));
        }
    }

    private Spool spool(Path directory) throws Exception {
        return inStore ? Spool.inStore(directory) : Spool.inMemory();
    }

    private double measure(AcceptingServer server) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long end = begin + round.toNanos();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> counts = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> clients.submit(() -> send(server.port(), number, end)))
                    .toList();
            int sent = 0;
            for (Future<Integer> count : counts) {
                sent += count.get();
            }
            return sent * 1e9 / (System.nanoTime() - begin);
        } finally {
            clients.shutdown();
        }
    }

    private int send(int port, int number, long end) throws IOException {
        int sent = 0;
        while (System.nanoTime() < end) {
            try (SmtpDialogue smtp = SmtpDialogue.connect("127.0.0.1", port)) {
                smtp.expect("220").send("EHLO mail.fabrikam.com").expect("250");
                smtp.startTls(client).send("EHLO mail.fabrikam.com").expect("250");
                for (int i = 0; i < mailsPerConnection; i++) {
                    int recipient = (number * 7_919 + sent * 31) % RECIPIENTS;
                    int code = smtp.sendMail("erin@fabrikam.com", List.of(address(recipient)), MESSAGE)
                            .code();
                    if (code != 250) {
                        throw new IOException("a mail was answered with " + code);
                    }
                    sent++;
                }
            }
        }
        return sent;
    }

    private LiveMailflow live(Path directory, Slapd slapd, OpenDirectories sources) throws Exception {
        Path trusted = authority.writeCertificate(directory.resolve("trusted.pem"));
        Path file = directory.resolve("mailflow.xml");
        Files.writeString(
                file,
                """
                <mailflow>
                  <server>
                    <fqdn>mail.contoso.com</fqdn>
                    <trustedCertificates>%s</trustedCertificates>
                    <ipBlockList><entry address="192.0.2.0/24" comment="known for spam"/></ipBlockList>
                  </server>
                  <organization name="contoso" premises="onPremises">
                    <rejectDirectSend>true</rejectDirectSend>
                    <acceptedDomain name="contoso.com" type="authoritative"/>
                    <recipients>
                      <ldap name="corp"><url>%s</url><baseDn>%s</baseDn></ldap>
                    </recipients>
                    <inboundConnector name="Cloud">
                      <connectorType>onPremises</connectorType>
                      <tlsSenderCertificateName>cloud.contoso.com</tlsSenderCertificateName>
                    </inboundConnector>
                    <inboundConnector name="Fabrikam">
                      <connectorType>partner</connectorType>
                      <senderDomains>fabrikam.com</senderDomains>
                      <restrictDomainsToCertificate>true</restrictDomainsToCertificate>
                      <tlsSenderCertificateName>mail.fabrikam.com</tlsSenderCertificateName>
                    </inboundConnector>
                  </organization>
                </mailflow>
                """
                        .formatted(trusted, slapd.url(), Slapd.BASE_DN));
        return new LiveMailflow(
                generation -> {
                    Configuration read = new MailflowXml(file, Map.of(), Clock.systemUTC(), sources).read(generation);
                    read.errors().forEach(System.out::println);
                    return read;
                },
                Clock.systemUTC());
    }

    private static MemoryUsersRepository users() throws Exception {
        MemoryUsersRepository users = MemoryUsersRepository.withVirtualHosting(new EveryDomain());
        for (int i = 0; i < RECIPIENTS; i++) {
            users.addUser(Username.of(address(i)), "secret");
        }
        return users;
    }

    private static String entries() {
        return IntStream.range(0, RECIPIENTS)
                .mapToObj(
                        """
                        dn: cn=User %1$d,dc=contoso,dc=com
                        objectClass: inetOrgPerson
                        cn: User %1$d
                        sn: %1$d
                        mail: u%1$d@contoso.com

                        """
                                ::formatted)
                .collect(Collectors.joining());
    }

    private static byte[] message() {
        String line = "A line of some text, as people write them to each other in a mail.\r\n";
        return ("From: <erin@fabrikam.com>\r\nTo: <u1@contoso.com>\r\nSubject: cost\r\n\r\n" + line.repeat(60))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String address(int number) {
        return "u" + number + "@" + DOMAIN;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
