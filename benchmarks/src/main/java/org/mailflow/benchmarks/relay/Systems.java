package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mailflow.testing.dns.LoopbackDns;

/**
 * Starts the systems. All are told of one authority, and of one name server that knows no name.
 *
 * @param installations of the systems that are Java's
 * @param directory where the data of all systems are; the syncs of a disk are a part of what is measured
 */
record Systems(Map<SystemName, Installation> installations, Path directory, Trust trust, LoopbackDns dns)
        implements AutoCloseable {

    /** An address of its own, as a stock James knows no other port than this. */
    private static final byte[] NAME_SERVER = {127, 42, 17, 53};

    private static final int NAME_SERVER_PORT = 53;

    static Systems in(Path directory, Map<SystemName, Installation> installations) throws IOException {
        // Without James' demand there is no need of a right to that port.
        LoopbackDns dns = installations.containsKey(SystemName.JAMES)
                ? LoopbackDns.start(InetAddress.getByAddress(NAME_SERVER), NAME_SERVER_PORT)
                : LoopbackDns.start();
        return new Systems(installations, directory, new Trust(), dns);
    }

    /** Starts a system on an empty directory, and its smart hosts. */
    Subject start(SystemName name, Layout layout) throws IOException {
        return start(name, layout, List.of());
    }

    /**
     * Starts a system on an empty directory, and its smart hosts.
     *
     * @param program what runs this project's server; empty for nothing between
     */
    Subject start(SystemName name, Layout layout, List<String> program) throws IOException {
        Arrivals arrivals = new Arrivals();
        Map<Way, Sink> sinks = new LinkedHashMap<>();
        List<Link> links = new ArrayList<>();
        for (Way way : layout.ways()) {
            SinkSettings settings = new SinkSettings(way.tls() ? trust.smartHost() : null, way.pause());
            Sink sink = Sink.start(settings, arrivals);
            sinks.put(way, sink);
            links.add(new Link(way, sink.port()));
        }
        Path own = directory(name, layout);
        String nameServer = dns.address().getAddress().getHostAddress() + ":"
                + dns.address().getPort();
        Setting setting = new Setting(links, trust, nameServer);
        RelaySystem system =
                switch (name) {
                    case PF -> PostfixRelay.asInstalled(links, trust);
                    case PFTUNED -> PostfixRelay.tuned(links, trust);
                    case JAMES -> StockJamesRelay.start(installation(name), setting, own);
                    case DIRECT -> Direct.to(sinks.values().iterator().next());
                    case OURS -> MailflowRelay.start(installation(name), setting, own, program);
                };
        return new Subject(name, system, sinks, arrivals);
    }

    /** Where a system keeps everything that is its own. */
    Path directory(SystemName name, Layout layout) throws IOException {
        return Files.createDirectories(
                directory.resolve(name.word() + "-" + layout.name().toLowerCase(Locale.ROOT)));
    }

    private Installation installation(SystemName name) {
        Installation installation = installations.get(name);
        if (installation == null) {
            throw new IllegalArgumentException(name.title() + " is not installed");
        }
        return installation;
    }

    @Override
    public void close() {
        dns.close();
    }
}
