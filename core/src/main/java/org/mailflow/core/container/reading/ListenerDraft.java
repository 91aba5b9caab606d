package org.mailflow.core.container.reading;

import java.util.List;
import java.util.Optional;
import org.mailflow.core.config.reading.Section;

/**
 * A listener of {@code smtpserver.xml}.
 *
 * @param section its element
 * @param auth who may log in; empty where it is not written
 * @param tls its TLS; empty where it is not written
 * @param handlerChain its handlers; empty where they are not written
 * @param handlers the handlers besides the core ones
 */
public record ListenerDraft(
        Section section,
        Optional<Section> auth,
        Optional<Section> tls,
        Optional<Section> handlerChain,
        List<Section> handlers) {

    /** Copies the handlers. */
    public ListenerDraft {
        handlers = List.copyOf(handlers);
    }
}
