package org.mailflow.assembly.webadmin;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.modules.server.MailQueueRoutesModule;
import org.apache.james.modules.server.MailRepositoriesRoutesModule;
import org.apache.james.modules.server.NoJwtModule;
import org.apache.james.modules.server.WebAdminServerModule;
import org.apache.james.utils.PropertiesProvider;
import org.apache.james.webadmin.FixedPortSupplier;
import org.apache.james.webadmin.PortSupplier;
import org.apache.james.webadmin.RandomPortSupplier;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.WebAdminConfiguration;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.authentication.AuthenticationFilter;

/**
 * WebAdmin for queues, repositories, users and their aliases, tasks and health, on a loopback address and behind a token.
 *
 * <p>webadmin.properties: {@code enabled}, {@code host} (loopback only), {@code port} (0: any free), {@code token},
 * {@code extensions.routes}. Without the file there is no WebAdmin.
 */
public final class WebAdminModule extends AbstractModule {
    private final Path tokenFile;

    /** Takes the file of the generated token, which is used where webadmin.properties has none. */
    public WebAdminModule(Path tokenFile) {
        this.tokenFile = tokenFile;
    }

    @Override
    protected void configure() {
        install(new NoJwtModule());
        install(Modules.override(
                        new WebAdminServerModule(), new MailQueueRoutesModule(), new MailRepositoriesRoutesModule())
                .with(new Guarded(tokenFile)));
        install(new AccountsModule());
    }

    private static final class Guarded extends AbstractModule {
        private final Path tokenFile;

        private Guarded(Path tokenFile) {
            this.tokenFile = tokenFile;
        }

        @Override
        protected void configure() {
            Multibinder.newSetBinder(binder(), Routes.class).addBinding().to(TokenGate.class);
        }

        @Provides
        @Singleton
        WebAdminConfiguration configuration(PropertiesProvider files) throws ConfigurationException, IOException {
            Configuration file = read(files);
            if (!file.getBoolean("enabled", false)) {
                return WebAdminConfiguration.DISABLED_CONFIGURATION;
            }
            InetAddress address = InetAddress.getByName(file.getString("host", "127.0.0.1"));
            if (!address.isLoopbackAddress()) {
                throw new ConfigurationException("host in webadmin.properties must be a loopback address, but is "
                        + address.getHostAddress() + "; reach WebAdmin from elsewhere through a tunnel or a proxy");
            }
            return WebAdminConfiguration.builder()
                    .enabled()
                    .host(address.getHostAddress())
                    .port(port(file.getInt("port", WebAdminServer.DEFAULT_PORT)))
                    .additionalRoutes(List.of(file.getStringArray("extensions.routes")))
                    .build();
        }

        @Provides
        @Singleton
        AuthenticationFilter filter(PropertiesProvider files) throws ConfigurationException, IOException {
            String configured = read(files).getString("token", "");
            return new TokenFilter(configured.isEmpty() ? AdminToken.ofFile(tokenFile) : AdminToken.of(configured));
        }

        private static PortSupplier port(int port) {
            return port == 0 ? new RandomPortSupplier() : new FixedPortSupplier(port);
        }

        private static Configuration read(PropertiesProvider files) throws ConfigurationException {
            try {
                return files.getConfiguration("webadmin");
            } catch (FileNotFoundException absent) {
                return new BaseConfiguration();
            }
        }
    }
}
