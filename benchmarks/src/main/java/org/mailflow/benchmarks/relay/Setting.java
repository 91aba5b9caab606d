package org.mailflow.benchmarks.relay;

import java.util.List;

/**
 * What every system of a comparison is told alike.
 *
 * @param links where mail goes
 * @param trust whom to believe
 * @param nameServer address and port of a DNS server that knows no name
 */
record Setting(List<Link> links, Trust trust, String nameServer) {}
