package org.mailflow.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port for a server that others must be told of before it starts. */
final class FreePort {

    private FreePort() {}

    /** One that nobody listens on at this address. */
    static int at(String address) throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return probe.getLocalPort();
        }
    }
}
