package org.mailflow.assembly;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an administrator or a supervisor says to the process. */
final class Signals {

    private static final Logger LOGGER = LoggerFactory.getLogger(Signals.class);
    private static final String HANGUP = "HUP";

    private Signals() {}

    /** Runs something for each SIGHUP, which would end the process otherwise; nothing where the system knows no SIGHUP. */
    static void onHangup(Runnable action) {
        try {
            // Java 17 has no other way: exported by jdk.unsupported, and not to be named in code without a warning.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler runs = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "runs at SIG" + HANGUP;
            };
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(HANGUP),
                            Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, runs));
        } catch (ReflectiveOperationException e) {
            LOGGER.warn("SIG{} cannot be listened to: reload by WebAdmin", HANGUP, e);
        }
    }
}
