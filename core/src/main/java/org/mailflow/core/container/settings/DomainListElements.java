package org.mailflow.core.container.settings;

import java.util.List;
import org.mailflow.core.config.settings.ElementSpec;
import org.mailflow.core.config.settings.Kinds;
import org.mailflow.core.config.settings.Parameter;

/** The elements of {@code domainlist.xml}. */
public final class DomainListElements {

    /** The names of the machine. */
    public static final Parameter<Boolean> AUTODETECT = Parameter.one(
                    "autodetect", ContainerKinds.SWITCH, "Whether the machine's name is a domain.")
            .byDefault("true");

    /** The addresses of the machine. */
    public static final Parameter<Boolean> AUTODETECT_IP = Parameter.one(
                    "autodetectIP", ContainerKinds.SWITCH, "Whether the machine's addresses are domains.")
            .byDefault("true");

    /** The first domain. */
    public static final Parameter<String> DEFAULT_DOMAIN = Parameter.one(
                    "defaultDomain", Kinds.TEXT, "The domain of addresses without one; it is served too.")
            .byDefault("localhost");

    /** A domain. */
    public static final Parameter<String> DOMAIN_NAME =
            Parameter.repeated("domainname", Kinds.TEXT, "A domain that James serves.");

    /** All domains. */
    public static final ElementSpec DOMAIN_NAMES = new ElementSpec(
            "domainnames", false, false, List.of(), List.of(DOMAIN_NAME), List.of(), "The domains that James serves.");

    private static final ElementSpec READ =
            new ElementSpec("read", false, false, List.of(), List.of(), List.of(), "A cache, which is not judged.");

    /** The root. */
    public static final ElementSpec ROOT = new ElementSpec(
            "domainlist",
            false,
            true,
            List.of(Parameter.one("class", ContainerKinds.CLASS, "The implementation.")),
            List.of(AUTODETECT, AUTODETECT_IP, DEFAULT_DOMAIN),
            List.of(DOMAIN_NAMES, READ),
            "The domains of James.");

    private DomainListElements() {}
}
