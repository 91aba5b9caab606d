package org.mailflow.assembly.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailflow.testing.dns.LoopbackDns;
import org.mailflow.testing.tls.CertificateAuthority;
import org.mailflow.testing.tls.Credentials;

/**
 * What all places of the demo share: a DNS, an authority that certifies their names, and one port on which they take mail,
 * each at an address of its own. So the DNS alone decides where mail goes, as it does on the internet.
 */
final class DemoNetwork implements AutoCloseable {

    /** The file of {@link #writeCertificates} that names whom to trust. */
    static final String AUTHORITY = "authority.pem";

    private static final int ATTEMPTS = 50;

    private final LoopbackDns dns;
    private final CertificateAuthority authority = CertificateAuthority.create("Demo authority");
    private final int port;

    private DemoNetwork(LoopbackDns dns, int port) {
        this.dns = dns;
        this.port = port;
    }

    /** Starts the DNS, and finds a port that is free at each address. */
    static DemoNetwork start() throws IOException {
        DemoNetwork network = new DemoNetwork(LoopbackDns.start(), freePort());
        for (Place place : Place.values()) {
            network.dns.a(place.host(), place.address());
        }
        network.dns.mx("cpandl.com", 10, Place.CPANDL.host());
        return network;
    }

    /** Points the MX record of contoso.com to a place. */
    void pointMx(Place place) {
        dns.remove("contoso.com", "MX").mx("contoso.com", 10, place.host());
    }

    /** Lets the name of a place lead to this address. */
    void host(Place place, String address) {
        dns.remove(place.host(), "A").a(place.host(), address);
    }

    /** Where a place takes mail. */
    InetSocketAddress mailPort(Place place) {
        return new InetSocketAddress(place.address(), port);
    }

    /** The port on which every place takes mail. */
    int port() {
        return port;
    }

    /** Where the DNS answers. */
    InetSocketAddress nameServer() {
        return dns.address();
    }

    /** Who certified all names. */
    CertificateAuthority authority() {
        return authority;
    }

    /** A certificate for the name of a place. */
    Credentials certificateOf(Place place) {
        return authority.issue(place.host());
    }

    /**
     * Writes what a place proves itself with, named like its host, and whom it trusts.
     *
     * @param directory is made
     * @return the directory
     */
    Path writeCertificates(Place place, Path directory) throws IOException {
        Files.createDirectories(directory);
        String name = place.host().substring(0, place.host().indexOf('.'));
        Path chain = certificateOf(place).writePem(directory, name).certificates();
        Files.move(chain, directory.resolve(name + ".pem"));
        authority.writeCertificate(directory.resolve(AUTHORITY));
        return directory;
    }

    @Override
    public void close() {
        dns.close();
    }

    private static int freePort() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket first = listen(Place.CPANDL, 0);
                    ServerSocket second = listen(Place.ON_PREMISES, first.getLocalPort());
                    ServerSocket third = listen(Place.CLOUD, first.getLocalPort());
                    ServerSocket fourth = listen(Place.DEVICE, first.getLocalPort())) {
                if (second.isBound() && third.isBound() && fourth.isBound()) {
                    return first.getLocalPort();
                }
            } catch (BindException taken) {
                // Taken at one of the addresses: the next one is another.
            }
        }
        throw new BindException("there is no port that is free at 127.0.0.2 to 127.0.0.5; these must be loopback"
                + " addresses of this machine (on macOS: sudo ifconfig lo0 alias 127.0.0.2, and so on)");
    }

    private static ServerSocket listen(Place place, int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName(place.address()));
    }
}
