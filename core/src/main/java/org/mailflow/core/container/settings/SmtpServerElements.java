package org.mailflow.core.container.settings;

import java.util.List;
import java.util.Locale;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.Kind;
import org.mailflow.core.config.settings.Kinds;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.settings.Sizes;

/** The elements of {@code smtpserver.xml}, as far as James' SMTP server reads them. */
public final class SmtpServerElements {

    private static final int MANY = 1_000_000_000 - 1;

    /** When a password is asked for. */
    public static final Kind<String> ANNOUNCE_MODE = new Kind<>(
            "announce",
            "never, always or forUnauthorizedAddresses",
            List.of("never", "always", "forUnauthorizedAddresses"),
            SmtpServerElements::announceMode);

    /** The size of a mail. */
    public static final Kind<Long> SIZE = Kind.of("size", "a number of kilobytes, or with K, M or G", Sizes::ofJames);

    /** Whether it listens. */
    public static final Parameter<Boolean> ENABLED =
            flag("enabled", "Whether it listens.").byDefault("true");

    /** Where it listens. */
    public static final Parameter<String> BIND =
            text("bind", "address:port; several with commas between them.").byDefault("0.0.0.0:25");

    /** Networks that James lets relay. */
    public static final Parameter<String> AUTHORIZED_ADDRESSES =
            Parameter.repeated("authorizedAddresses", Kinds.TEXT, "Networks that James lets relay.");

    /** Senders against users. */
    public static final Parameter<Boolean> VERIFY_IDENTITY = flag("verifyIdentity", "Who may use whose address.");

    /** James' old name of announce. */
    public static final Parameter<String> AUTH_REQUIRED = text("authRequired", "James' old name of auth/announce.");

    /** The PROXY protocol. */
    public static final Parameter<Boolean> PROXY_REQUIRED = flag(
                    "proxyRequired", "Whether connections begin with a PROXY header.")
            .byDefault("false");

    /** The largest mail. */
    public static final Parameter<Long> MAX_MESSAGE_SIZE = Parameter.one(
                    "maxmessagesize", SIZE, "The largest mail, on the wire.")
            .byDefault("0");

    /** All connections. */
    public static final Parameter<Integer> CONNECTION_LIMIT =
            number("connectionLimit", "The most connections.").byDefault("0");

    /** Connections of one address. */
    public static final Parameter<Integer> CONNECTION_LIMIT_PER_IP = number(
                    "connectionLimitPerIP", "The most connections of one address.")
            .byDefault("0");

    /** Mail without a greeting. */
    public static final Parameter<Boolean> HELO_EHLO_ENFORCEMENT = flag(
                    "heloEhloEnforcement", "Whether a client must say HELO or EHLO.")
            .byDefault("true");

    /** When a password is asked for. */
    public static final Parameter<String> ANNOUNCE =
            Parameter.one("announce", ANNOUNCE_MODE, "Whether AUTH is offered.");

    /** Passwords over TLS only. */
    public static final Parameter<Boolean> REQUIRE_SSL =
            flag("requireSSL", "Whether a password is taken over TLS only.").byDefault("false");

    /** TLS on demand. */
    public static final Parameter<Boolean> START_TLS =
            flag("startTLS", "Whether STARTTLS is offered.").byDefault("false");

    /** TLS from the first byte. */
    public static final Parameter<Boolean> SOCKET_TLS =
            flag("socketTLS", "Whether connections begin with TLS.").byDefault("false");

    /** The handlers. */
    public static final Parameter<String> CORE_HANDLERS_PACKAGE =
            text("coreHandlersPackage", "The handlers of the commands.");

    /** A handler's class. */
    public static final Parameter<String> HANDLER_CLASS =
            Parameter.one("class", ContainerKinds.CLASS, "The handler.").mustBeWritten();

    /** Authentication. */
    public static final ElementSpec AUTH = element(
            "auth",
            List.of(),
            List.of(ANNOUNCE, REQUIRE_SSL, flag("plainAuthEnabled", "Whether PLAIN is offered.")),
            opaque("oidc"));

    /** TLS. */
    public static final ElementSpec TLS = element(
            "tls",
            List.of(SOCKET_TLS, START_TLS),
            List.of(
                    text("keystore", "A Java keystore."),
                    text("keystoreType", "Its type."),
                    text("secret", "Its password."),
                    text("privateKey", "The key, in PEM."),
                    text("certificates", "The certificate and its intermediates, in PEM."),
                    text("provider", ""),
                    text("algorithm", ""),
                    flag("enableOCSPCRLChecks", "Whether it is asked whether client certificates are revoked.")),
            element("supportedProtocols", List.of(), List.of(Parameter.repeated("protocol", Kinds.TEXT, ""))),
            element("supportedCipherSuites", List.of(), List.of(Parameter.repeated("cipherSuite", Kinds.TEXT, ""))),
            element(
                    "clientAuth",
                    List.of(),
                    List.of(text("truststore", ""), text("truststoreType", ""), text("truststoreSecret", ""))));

    /** A handler beside the core ones; its own parameters are not judged. */
    public static final ElementSpec HANDLER = new ElementSpec(
            "handler",
            true,
            false,
            List.of(HANDLER_CLASS, text("command", ""), flag("enableJmx", "")),
            List.of(),
            List.of(),
            "A handler of your own.");

    /** The handlers. */
    public static final ElementSpec HANDLER_CHAIN = element(
            "handlerchain",
            List.of(CORE_HANDLERS_PACKAGE, text("jmxHandlersPackage", ""), flag("enableJmx", "")),
            List.of(),
            HANDLER);

    /** The name that the server says. */
    public static final ElementSpec HELLO_NAME =
            element("helloName", List.of(flag("autodetect", "Whether the machine's name is used.")), List.of());

    /** A listener. */
    public static final ElementSpec SERVER = new ElementSpec(
            "smtpserver",
            true,
            true,
            List.of(ENABLED),
            List.of(
                    text("jmxName", ""),
                    BIND,
                    text("smtpGreeting", "What it says first."),
                    AUTH_REQUIRED,
                    AUTHORIZED_ADDRESSES,
                    VERIFY_IDENTITY,
                    PROXY_REQUIRED,
                    MAX_MESSAGE_SIZE,
                    CONNECTION_LIMIT,
                    CONNECTION_LIMIT_PER_IP,
                    HELO_EHLO_ENFORCEMENT,
                    flag("addressBracketsEnforcement", "Whether addresses need angle brackets."),
                    number("connectiontimeout", "Seconds without a command."),
                    number("connectionBacklog", "Connections that wait to be accepted."),
                    number("ioWorkerCount", ""),
                    number("bossWorkerCount", ""),
                    number("maxExecutorCount", ""),
                    flag("gracefulShutdown", "Whether connections may come to an end.")),
            List.of(HELLO_NAME, TLS, AUTH, HANDLER_CHAIN),
            "A listener.");

    /** The root. */
    public static final ElementSpec ROOT =
            new ElementSpec("smtpservers", false, true, List.of(), List.of(), List.of(SERVER), "Where mail comes in.");

    private SmtpServerElements() {}

    private static String announceMode(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!List.of("never", "always", "forunauthorizedaddresses").contains(word)) {
            throw Kinds.mistake(text, "is none of the words", "write never, always or forUnauthorizedAddresses");
        }
        return word;
    }

    private static Parameter<String> text(String name, String meaning) {
        return Parameter.one(name, Kinds.TEXT, meaning);
    }

    private static Parameter<Boolean> flag(String name, String meaning) {
        return Parameter.one(name, ContainerKinds.SWITCH, meaning);
    }

    private static Parameter<Integer> number(String name, String meaning) {
        return Parameter.one(name, Kinds.number(name, 0, MANY), meaning);
    }

    private static ElementSpec opaque(String name) {
        return element(name, List.of(), List.of());
    }

    private static ElementSpec element(
            String name, List<Parameter<?>> attributes, List<Parameter<?>> parameters, ElementSpec... children) {
        return new ElementSpec(name, false, false, attributes, parameters, List.of(children), "");
    }
}
