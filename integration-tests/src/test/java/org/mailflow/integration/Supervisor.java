package org.mailflow.integration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts the gateway again where it ended by itself, as systemd does. */
final class Supervisor implements AutoCloseable {

    private final FaultyWorld world;
    private final Submitters clients;
    private final List<Integer> exits = new ArrayList<>();
    private ChildServer server;

    /** Starts the gateway, and tells the clients where it is. */
    Supervisor(FaultyWorld world, Submitters clients) throws IOException {
        this.world = world;
        this.clients = clients;
        this.server = world.launch().awaitStart();
        clients.serverAt(server.port());
    }

    /** The gateway that was started last. */
    ChildServer server() {
        return server;
    }

    /** Returns true where the gateway runs; starts it again where it does not. */
    boolean keepsRunning() throws IOException {
        if (server.isAlive()) {
            return true;
        }
        clients.noServer();
        exits.add(server.awaitEnd());
        server = world.launch().awaitStart();
        clients.serverAt(server.port());
        return false;
    }

    /** The status with which each gateway before this one ended. */
    List<Integer> exits() {
        return List.copyOf(exits);
    }

    @Override
    public void close() {
        server.close();
    }
}
