package org.mailflow.assembly.webadmin;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.dto.MappingSourceModule;
import org.apache.james.webadmin.mdc.RequestLogger;
import org.apache.james.webadmin.routes.AddressMappingRoutes;
import org.apache.james.webadmin.routes.AliasRoutes;
import org.apache.james.webadmin.routes.ForwardRoutes;
import org.apache.james.webadmin.routes.GroupsRoutes;
import org.apache.james.webadmin.routes.MappingRoutes;
import org.apache.james.webadmin.routes.UserCreationRequestLogger;
import org.apache.james.webadmin.routes.UserRoutes;
import org.apache.james.webadmin.utils.JsonTransformerModule;

/** James' routes for users, aliases, groups, forwards and domain aliases. */
final class AccountsModule extends AbstractModule {

    @Override
    protected void configure() {
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        routes.addBinding().to(UserRoutes.class);
        routes.addBinding().to(AliasRoutes.class);
        routes.addBinding().to(GroupsRoutes.class);
        routes.addBinding().to(ForwardRoutes.class);
        routes.addBinding().to(AddressMappingRoutes.class);
        routes.addBinding().to(MappingRoutes.class);
        routes.addBinding().to(DomainAliasRoutes.class);
        Multibinder.newSetBinder(binder(), JsonTransformerModule.class)
                .addBinding()
                .to(MappingSourceModule.class);
        // Logs that a user is made, without his password.
        Multibinder.newSetBinder(binder(), RequestLogger.class).addBinding().to(UserCreationRequestLogger.class);
    }
}
