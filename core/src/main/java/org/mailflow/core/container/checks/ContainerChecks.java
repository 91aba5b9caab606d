package org.mailflow.core.container.checks;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.container.reading.ListenerDraft;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.model.Mailflow;

/** Everything that is judged in James' files. */
public final class ContainerChecks {

    private ContainerChecks() {}

    /**
     * Judges {@code mailetcontainer.xml} by itself.
     *
     * @param protocols those that mail repositories may have; empty where that is not known
     */
    public static void run(MailetContainerDraft container, ServerKind kind, Optional<Set<String>> protocols) {
        ProcessorChecks.run(container);
        LoopChecks.run(container);
        ReachChecks.run(container);
        ClassChecks.run(container);
        ValueChecks.run(container);
        FaultChecks.run(container);
        EndChecks.run(container);
        NullChecks.run(container);
        DeliveryChecks.run(container);
        RepositoryChecks.run(container, kind, protocols);
        SpoolerChecks.run(container, kind);
    }

    /** Judges {@code smtpserver.xml}. */
    public static void run(List<ListenerDraft> listeners, ServerKind kind) {
        ListenerChecks.run(listeners, kind);
        ProxyChecks.run(listeners, kind);
        HandlerChecks.run(listeners);
        PortChecks.run(listeners);
    }

    /** Judges {@code mailetcontainer.xml} beside {@code mailflow.xml}. */
    public static void runBeside(Mailflow mailflow, MailetContainerDraft container) {
        ConnectorChecks.run(mailflow, container);
    }

    /** Judges {@code smtpserver.xml} beside {@code mailflow.xml}. */
    public static void runBeside(Mailflow mailflow, List<ListenerDraft> listeners, ServerKind kind) {
        ProxyChecks.run(mailflow, listeners, kind);
    }
}
