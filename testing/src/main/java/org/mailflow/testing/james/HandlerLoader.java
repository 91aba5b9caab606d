package org.mailflow.testing.james;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.inject.Inject;
import org.apache.commons.configuration2.Configuration;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;

/** Makes handlers by their injected constructors, as James' loader does with Guice. */
public final class HandlerLoader implements ProtocolHandlerLoader {

    private final Map<Class<?>, Object> instances = new HashMap<>();

    /** Knows nothing yet. */
    public HandlerLoader() {}

    /** Injects this, where a constructor wants one of the type. */
    public <T> HandlerLoader with(Class<T> type, T instance) {
        instances.put(type, instance);
        return this;
    }

    @Override
    public ProtocolHandler load(String name, Configuration configuration) throws LoadingException {
        try {
            ProtocolHandler handler = (ProtocolHandler) make(Class.forName(name));
            handler.init(configuration);
            return handler;
        } catch (Exception e) {
            throw new LoadingException("cannot load " + name, e);
        }
    }

    private Object make(Class<?> type) throws ReflectiveOperationException {
        Object bound = instances.get(type);
        if (bound != null) {
            return bound;
        }
        Constructor<?> constructor = Arrays.stream(type.getConstructors())
                .filter(candidate -> candidate.isAnnotationPresent(Inject.class) || candidate.getParameterCount() == 0)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(type + " has no constructor to inject"));
        Object[] arguments = new Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = make(constructor.getParameterTypes()[i]);
        }
        return constructor.newInstance(arguments);
    }
}
