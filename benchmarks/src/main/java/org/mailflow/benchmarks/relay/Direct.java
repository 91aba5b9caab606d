package org.mailflow.benchmarks.relay;

/** No server at all: the senders talk to the smart host. It shows what senders and smart host cost. */
record Direct(int port) implements RelaySystem {

    /** No process has this number. */
    private static final ProcessTree NONE = new ProcessTree(-1);

    static Direct to(Sink smartHost) {
        return new Direct(smartHost.port());
    }

    @Override
    public ProcessTree processes() {
        return NONE;
    }

    @Override
    public void retryNow() {
        // There is nothing that it has put off.
    }

    @Override
    public void close() {
        // The smart host is closed by whoever opened it.
    }
}
