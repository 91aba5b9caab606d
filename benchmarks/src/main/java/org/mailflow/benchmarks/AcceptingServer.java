package org.mailflow.benchmarks;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.lib.AliasReverseResolverImpl;
import org.apache.james.rrt.lib.CanSendFromImpl;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.mailflow.core.config.LiveMailflow;
import org.mailflow.core.config.SessionMailflow;
import org.mailflow.core.event.MailEvents;
import org.mailflow.core.storage.Storage;
import org.mailflow.testing.james.CertificateAskingServer;
import org.mailflow.testing.james.EveryDomain;
import org.mailflow.testing.james.HandlerLoader;
import org.mailflow.testing.james.LiteralDns;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** James' SMTP server with a chain of handlers, and a spool that throws away what comes. */
final class AcceptingServer implements AutoCloseable {

    /**
     * Its chain of handlers.
     *
     * @param core the package of handlers that James calls so
     * @param more other handlers
     */
    record Handlers(String core, List<String> more) {}

    private final SMTPServer server;
    private final Disposable spool;

    private AcceptingServer(SMTPServer server, Disposable spool) {
        this.server = server;
        this.spool = spool;
    }

    static AcceptingServer start(
            Handlers handlers,
            MailQueueFactory<? extends MailQueue> queues,
            LiveMailflow live,
            MemoryUsersRepository users,
            SSLContext tls)
            throws Exception {
        MailQueue queue = queues.createQueue(MailQueueFactory.SPOOL);
        Disposable spool = Flux.from(queue.deQueue())
                .subscribeOn(Schedulers.boundedElastic())
                .subscribe(AcceptingServer::discard);
        MetricFactory metrics = new DropWizardMetricFactory(new MetricRegistry());
        DNSService dns = LiteralDns.answering();
        DomainList domain = new EveryDomain();
        MemoryRecipientRewriteTable rewriting = new MemoryRecipientRewriteTable();
        rewriting.setDomainList(domain);
        rewriting.configure(new BaseHierarchicalConfiguration());
        HandlerLoader loader = new HandlerLoader()
                .with(LiveMailflow.class, live)
                .with(SessionMailflow.class, live::current)
                .with(MailEvents.class, event -> {})
                .with(Storage.class, () -> Long.MAX_VALUE)
                .with(MetricFactory.class, metrics)
                .with(MailQueueFactory.class, queues)
                .with(UsersRepository.class, users)
                .with(DomainList.class, domain)
                .with(DNSService.class, dns)
                .with(RecipientRewriteTable.class, rewriting)
                .with(CanSendFrom.class, new CanSendFromImpl(rewriting, new AliasReverseResolverImpl(rewriting)))
                .with(Authorizator.class, (user, other) -> Authorizator.AuthorizationState.FORBIDDEN);
        SMTPServer server = new CertificateAskingServer(metrics, tls);
        server.setDnsService(dns);
        server.setProtocolHandlerLoader(loader);
        server.configure(settings(handlers));
        server.init();
        return new AcceptingServer(server, spool);
    }

    private static BaseHierarchicalConfiguration settings(Handlers handlers) {
        BaseHierarchicalConfiguration settings = new BaseHierarchicalConfiguration();
        settings.addProperty("bind", "127.0.0.1:0");
        settings.addProperty("jmxName", "smtp-" + UUID.randomUUID());
        settings.addProperty("helloName.[@autodetect]", false);
        settings.addProperty("helloName", "mail.contoso.com");
        settings.addProperty("handlerchain.[@enableJmx]", false);
        settings.addProperty("handlerchain.[@coreHandlersPackage]", handlers.core());
        handlers.more().forEach(handler -> settings.addProperty("handlerchain.handler(-1).[@class]", handler));
        return settings;
    }

    private static void discard(MailQueue.MailQueueItem item) {
        LifecycleUtil.dispose(item.getMail());
        try {
            item.done(MailQueue.MailQueueItem.CompletionStatus.SUCCESS);
        } catch (MailQueue.MailQueueException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.getListenAddresses().get(0).getPort();
    }

    @Override
    public void close() {
        server.destroy();
        spool.dispose();
    }
}
