package org.mailflow.assembly.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.assembly.demo.MailSender.RefusedException;
import org.mailflow.testing.smtp.ReceivedMail;
import org.mailflow.testing.smtp.SmtpPeer;
import org.mailflow.testing.smtp.SmtpSink;
import org.mailflow.testing.smtp.TlsPeer;
import org.mailflow.testing.tls.TlsContexts;

/** The rest of the world: cpandl.com with its mail server, and somebody there who writes to contoso.com. */
final class DemoInternet implements AutoCloseable {

    private final DemoNetwork network;
    private final MailSender sender;
    private final SmtpSink cpandl;

    private DemoInternet(DemoNetwork network, SmtpSink cpandl) {
        this.network = network;
        this.cpandl = cpandl;
        this.sender = new MailSender(
                Place.INTERNET.host(),
                Place.INTERNET.address(),
                TlsContexts.client(network.authority()),
                Optional.empty());
    }

    /** Starts the mail server of cpandl.com. */
    static DemoInternet start(DemoNetwork network) throws IOException {
        SmtpSink cpandl = SmtpSink.builder()
                .hostName(Place.CPANDL.host())
                .addresses(Place.CPANDL.address())
                .port(network.port())
                .tls(network.certificateOf(Place.CPANDL))
                .start();
        return new DemoInternet(network, cpandl);
    }

    /** Sends a mail to the MX host of its recipients, which are of one domain. */
    void send(DemoMail mail) throws IOException, RefusedException {
        String recipient = mail.recipients().get(0);
        InetSocketAddress mxHost = new InetSocketAddress(
                new MxLookup(network.nameServer()).find(recipient.substring(recipient.indexOf('@') + 1)),
                network.port());
        sender.send(mail, mxHost);
    }

    /** Every copy of a mail that came to cpandl.com. */
    List<Arrival> copiesOf(String messageId) {
        List<Arrival> found = new ArrayList<>();
        for (ReceivedMail mail : cpandl.received()) {
            if (mail.content().header("Message-ID").filter(messageId::equals).isPresent()) {
                mail.recipientAddresses().forEach(address -> found.add(arrival(mail, address)));
            }
        }
        return found;
    }

    /** Every mail that came to cpandl.com. */
    List<ReceivedMail> received() {
        return cpandl.received();
    }

    /** Waits until so many mails came to cpandl.com, or the time is over; all that came. */
    List<ReceivedMail> awaitReceived(int count, Duration limit) throws InterruptedException {
        return cpandl.awaitReceived(count, limit);
    }

    private static Arrival arrival(ReceivedMail mail, String address) {
        SmtpPeer peer = mail.peer();
        Arrival.Connection connection = new Arrival.Connection(
                peer.client().getAddress().getHostAddress(),
                peer.tls().map(TlsPeer::protocol),
                peer.tls().map(TlsPeer::cipher),
                mail.recipientAddresses());
        return new Arrival(Place.CPANDL, address, mail.content().headers("Received"), Optional.of(connection));
    }

    @Override
    public void close() {
        cpandl.close();
    }
}
