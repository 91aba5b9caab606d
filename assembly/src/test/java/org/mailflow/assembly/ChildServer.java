package org.mailflow.assembly;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The server of the tests as a process of its own, to be killed. */
final class ChildServer {
    private ChildServer() {}

    public static void main(String[] arguments) throws Exception {
        TestServer.start(Path.of(arguments[0]));
        new CountDownLatch(1).await();
    }
}
