package org.mailflow.core.container.checks;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.container.ServerKind;
import org.mailflow.core.container.reading.MailetContainerDraft;
import org.mailflow.core.container.settings.ContainerKinds;
import org.mailflow.core.container.settings.MailetContainerElements;

/** Where mail is kept. */
final class RepositoryChecks {

    private static final String FORGETS = "memory";

    private RepositoryChecks() {}

    static void run(MailetContainerDraft container, ServerKind kind, Optional<Set<String>> protocols) {
        container
                .spooler()
                .filter(spooler -> kind == ServerKind.STOCK_JAMES)
                .ifPresent(spooler -> run(spooler, MailetContainerElements.ERROR_REPOSITORY, kind, protocols));
        container.mailets().forEach(mailet -> mailet.spec().stream()
                .flatMap(spec -> spec.parameters().stream())
                .filter(parameter -> parameter.kind().equals(ContainerKinds.REPOSITORY))
                .forEach(parameter -> run(mailet.section(), parameter, kind, protocols)));
    }

    private static void run(Section section, Parameter<?> parameter, ServerKind kind, Optional<Set<String>> protocols) {
        Optional<String> protocol =
                section.one(parameter).map(Object::toString).map(url -> url.substring(0, url.indexOf(':')));
        protocol.filter(name -> protocols.filter(known -> !known.contains(name)).isPresent())
                .ifPresent(name -> section.error(
                        parameter,
                        "mailrepositorystore.xml has no repository with the protocol " + name,
                        remedy(name, protocols.orElseThrow())));
        protocol.filter(name -> name.equals(FORGETS) && kind == ServerKind.OUR_SERVER)
                .ifPresent(name ->
                        section.warning(parameter, "memory:// forgets its mail when the server stops", "Write jpa://"));
    }

    private static String remedy(String protocol, Set<String> known) {
        String add = "Add a mailrepository with it there";
        return NearMiss.of(protocol, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse(
                        known.isEmpty()
                                ? add
                                : add + ", or write one of "
                                        + known.stream().sorted().collect(Collectors.joining(", ")));
    }
}
