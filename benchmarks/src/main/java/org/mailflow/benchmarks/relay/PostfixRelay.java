package org.mailflow.benchmarks.relay;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.mailflow.testing.postfix.Postfix;
import org.mailflow.testing.postfix.PostfixBuilder;

/** Postfix, as Debian installs it or tuned. */
final class PostfixRelay implements RelaySystem {

    private final Postfix postfix;
    private final ProcessTree processes;

    private PostfixRelay(Postfix postfix) throws IOException {
        this.postfix = postfix;
        this.processes = new ProcessTree(postfix.pid());
    }

    /** As Debian installs it, with the smart hosts and nothing else. */
    static PostfixRelay asInstalled(List<Link> links, Trust trust) throws IOException {
        return new PostfixRelay(builder(links, trust).start());
    }

    /** With what its own TUNING_README, CONNECTION_CACHE_README and TLS_README offer for this work. */
    static PostfixRelay tuned(List<Link> links, Trust trust) throws IOException {
        return new PostfixRelay(builder(links, trust)
                .setting("default_process_limit", "200")
                .setting("smtp_destination_concurrency_limit", "50")
                .setting("initial_destination_concurrency", "20")
                .setting(
                        "smtp_connection_cache_destinations",
                        links.stream().map(PostfixRelay::host).collect(Collectors.joining(" ")))
                .setting("smtp_connection_cache_on_demand", "yes")
                .setting("smtp_tls_connection_reuse", "yes")
                .setting("qmgr_message_active_limit", "40000")
                .setting("in_flow_delay", "0")
                .setting("max_use", "1000")
                .start());
    }

    /** The fixture is for tests: what it sets otherwise than Debian is set back. */
    private static PostfixBuilder builder(List<Link> links, Trust trust) {
        PostfixBuilder builder = Postfix.builder("relay.test")
                .trust(trust.authority())
                .setting("queue_run_delay", "300s")
                .setting("minimal_backoff_time", "300s")
                .setting("maximal_backoff_time", "4000s")
                .setting("smtpd_peername_lookup", "yes")
                .setting("smtp_dns_support_level", "")
                .setting("notify_classes", "resource, software")
                .setting("smtp_tls_loglevel", "0")
                .setting("smtpd_tls_loglevel", "0")
                .setting("smtpd_tls_received_header", "no")
                .setting("smtp_tls_session_cache_database", "btree:${data_directory}/smtp_scache");
        for (Link link : links) {
            String host = host(link);
            builder.transport(link.isDefault() ? "*" : link.way().domain(), "smtp:" + host);
            if (link.way().tls()) {
                builder.tlsPolicy(host, "secure match=" + Trust.SMART_HOST);
            }
        }
        return builder;
    }

    private static String host(Link link) {
        return "[127.0.0.1]:" + link.port();
    }

    @Override
    public int port() {
        return postfix.port();
    }

    @Override
    public ProcessTree processes() {
        return processes;
    }

    @Override
    public void retryNow() throws IOException {
        postfix.flush();
    }

    @Override
    public void close() throws IOException {
        postfix.close();
    }
}
