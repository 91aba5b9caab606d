package org.mailflow.assembly;

import com.google.inject.AbstractModule;

/** What an extension brings by {@code guice.extension.module}: a binding for its own mailets. */
public final class TestExtension extends AbstractModule {
    @Override
    protected void configure() {
        bind(Greeting.class).toInstance(new Greeting("bound by the extension"));
    }

    /** Known to the extension alone. */
    record Greeting(String text) {}
}
