package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Apache James 3.8.1 as its project builds it, with its durable queue: ActiveMQ, embedded. Its configuration is James' sample, and
 * for each way out a RemoteDelivery to the gateway.
 */
final class StockJamesRelay implements RelaySystem {

    private static final String STARTED = "JAMES server started";
    private static final long RETRY_SECONDS = 10;

    private final JavaProcess process;
    private final int port;

    private StockJamesRelay(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param directory for everything that belongs to it; empty
     */
    static StockJamesRelay start(Installation installation, Setting setting, Path directory) throws IOException {
        int port = freePort();
        Path configuration = Files.createDirectories(directory.resolve("conf"));
        try (Stream<Path> files = Files.list(installation.shippedConfiguration())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()));
            }
        }
        Path containers = configuration.resolve("mailetcontainer.xml");
        StringBuilder routes = new StringBuilder();
        // The first that matches takes the mail.
        setting.links().stream()
                .sorted(Comparator.comparing(Link::isDefault))
                .map(StockJamesRelay::route)
                .forEach(routes::append);
        Files.writeString(containers, Files.readString(containers).replace("<!-- routes -->", routes));
        // JavaMail believes whom the JVM believes.
        Path trusted = TrustStore.write(setting.trust(), directory.resolve("trusted.p12"));
        List<String> command = new ArrayList<>();
        command.add(JavaProcess.java());
        command.addAll(installation.javaOptions());
        command.add("-Djavax.net.ssl.trustStore=" + trusted);
        command.add("-Djavax.net.ssl.trustStorePassword=" + TrustStore.PASSWORD);
        command.add("-Dworking.directory=" + directory);
        command.add("-Dlogback.configurationFile=" + configuration.resolve("logback.xml"));
        command.addAll(List.of("-cp", installation.classPath(), "org.mailflow.benchmarks.stock.DurableJames"));
        Map<String, String> environment = Map.of(
                "RELAY_PORT",
                Integer.toString(port),
                "RELAY_DNS",
                setting.nameServer().substring(0, setting.nameServer().indexOf(':')));
        JavaProcess process = JavaProcess.launch(command, directory, environment, directory.resolve("server.log"));
        try {
            process.awaitStart(() -> hasStarted(process));
            return new StockJamesRelay(process, port);
        } catch (IOException | UncheckedIOException e) {
            process.close();
            throw e;
        }
    }

    private static boolean hasStarted(JavaProcess process) {
        try {
            return process.output().contains(STARTED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** James knows no port 0. */
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String route(Link link) {
        String match = link.isDefault() ? "All" : "HostIs=" + link.way().domain();
        String tls = link.way().tls()
                ? "<startTLS>true</startTLS><verifyServerIdentity>true</verifyServerIdentity>"
                        + "<mail.smtp.starttls.required>true</mail.smtp.starttls.required>"
                : "";
        return """
                <mailet match="%s" class="RemoteDelivery">
                  <outgoing>outgoing-%s</outgoing>
                  <gateway>127.0.0.1</gateway>
                  <gatewayPort>%d</gatewayPort>
                  <delayTime>10000</delayTime>
                  <maxRetries>1000</maxRetries>
                  <maxDnsProblemRetries>0</maxDnsProblemRetries>
                  <deliveryThreads>10</deliveryThreads>
                  <sendpartial>true</sendpartial>
                  <bounceProcessor>bounces</bounceProcessor>
                  %s
                </mailet>
                """
                .formatted(match, link.way().name(), link.port(), tls);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public ProcessTree processes() {
        return process.tree();
    }

    /** It cannot be told to; it does so by itself after the one interval that it has here. */
    @Override
    public void retryNow() {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(RETRY_SECONDS));
    }

    @Override
    public void close() {
        process.close();
    }
}
