package org.mailflow.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.james.smtpserver.CoreCmdHandlerLoader;
import org.junit.jupiter.api.Test;
import org.mailflow.core.container.settings.OwnHandlers;

/** Start-up checks know the handlers of the chain, and those that it replaces. */
class HandlerNamesTest {

    private final List<String> chain = new MailflowHandlers().getHandlers();

    @Test
    void areThoseOfTheChain() {
        assertThat(chain.stream().filter(name -> name.startsWith(OwnHandlers.PACKAGE)))
                .containsExactlyInAnyOrderElementsOf(OwnHandlers.IN_CHAIN);
        assertThat(OwnHandlers.CHAIN).isEqualTo(MailflowHandlers.class.getName());
    }

    @Test
    void haveAllOfJamesThatTheChainHasNotTakenOver() {
        List<String> replaced = new CoreCmdHandlerLoader()
                .getHandlers().stream().filter(name -> !chain.contains(name)).toList();

        assertThat(replaced).isNotEmpty().allMatch(name -> OwnHandlers.decides(name) || OwnHandlers.isInChain(name));
    }
}
