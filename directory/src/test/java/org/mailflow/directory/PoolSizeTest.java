package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.DirectoryAnswer.Found;

/** No more connections than {@code poolSize}, however many ask at a time, and all of them. */
class PoolSizeTest {

    private static final int CONNECTIONS = 3;
    private static final int ASKERS = 24;

    @Test
    void noMoreConnectionsAreOpenThanThereMayBe() throws Exception {
        Gate gate = new Gate();
        try (InMemoryServer server = new InMemoryServer(gate)) {
            for (int i = 0; i < ASKERS; i++) {
                server.addUser(i);
            }
            try (LdapDirectory directory =
                    Ldap.at(server.url()).connections(CONNECTIONS).open()) {
                ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
                List<CompletableFuture<DirectoryAnswer>> asked = IntStream.range(0, ASKERS)
                        .mapToObj(i -> EmailAddress.parse("user" + i + "@contoso.com"))
                        .map(address -> CompletableFuture.supplyAsync(() -> directory.find(address), askers))
                        .toList();
                List<DirectoryAnswer> answers =
                        asked.stream().map(CompletableFuture::join).toList();
                askers.shutdown();

                assertThat(answers).hasSize(ASKERS).allMatch(answer -> answer instanceof Found);
            }
        }
        assertThat(gate.connections).hasSize(CONNECTIONS);
    }

    /** Answers nobody before as many connections ask as there may be. */
    private static final class Gate extends InMemoryOperationInterceptor {

        private final Set<Long> connections = ConcurrentHashMap.newKeySet();
        private final CountDownLatch all = new CountDownLatch(CONNECTIONS);

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            if (connections.add(request.getConnectionID())) {
                all.countDown();
            }
            try {
                all.await(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
