package org.mailflow.core.container;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problem;
import org.mailflow.core.config.Problems;
import org.mailflow.core.config.ServedDomains;
import org.mailflow.core.config.reading.Reading;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.xml.Element;
import org.mailflow.core.config.xml.ElementParser;
import org.mailflow.core.config.xml.EnvironmentVariables;
import org.mailflow.core.config.xml.SourceText;
import org.mailflow.core.container.settings.DomainListElements;
import org.mailflow.core.model.Mailflow;

/**
 * The {@code domainlist.xml} of a stock James beside {@code mailflow.xml}. James may have further domains in its data; the
 * extension compares all of them when it starts.
 */
final class DomainListXml {

    private static final String FILE = "domainlist.xml";

    private final Path folder;
    private final EnvironmentVariables environment;

    DomainListXml(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = EnvironmentVariables.besideOthers(environment);
    }

    List<Problem> problemsBeside(Mailflow mailflow) {
        Problems problems = new Problems();
        SourceText.read(folder.resolve(FILE), FILE, problems)
                .flatMap(text -> ElementParser.parse(text, problems))
                .ifPresent(root -> judge(root, mailflow, problems));
        return problems.inOrder();
    }

    private void judge(Element root, Mailflow mailflow, Problems problems) {
        Reading reading = new Reading(folder, environment, Instant.EPOCH, DomainListElements.ROOT, problems);
        Section section = Section.open(root, DomainListElements.ROOT, reading, DomainListElements.ROOT.name());
        for (Parameter<Boolean> detection : List.of(DomainListElements.AUTODETECT, DomainListElements.AUTODETECT_IP)) {
            if (section.one(detection, true)) {
                section.warning(
                        detection,
                        "lets James take names and addresses of this machine for domains of its own",
                        "Write <" + detection.name() + ">false</" + detection.name() + ">");
            }
        }
        Map<DomainName, Location> served = served(section);
        ServedDomains.captured(mailflow, served.keySet())
                .forEach(domain -> problems.error(
                        served.getOrDefault(domain, section.location()),
                        section.title(),
                        domain + " is no accepted domain of mailflow.xml: James would keep its mail",
                        "Remove it, or accept it in mailflow.xml"));
        ServedDomains.missing(mailflow, served.keySet())
                .forEach(domain -> section.warning(
                        domain.name() + " is authoritative in mailflow.xml, but not here: James has no mailboxes in it "
                                + "unless it was added otherwise",
                        "Add <domainname>" + domain.name() + "</domainname>"));
    }

    private static Map<DomainName, Location> served(Section section) {
        List<Section.Item<String>> written = new ArrayList<>();
        section.child(DomainListElements.DOMAIN_NAMES)
                .ifPresent(names -> written.addAll(names.items(DomainListElements.DOMAIN_NAME)));
        section.one(DomainListElements.DEFAULT_DOMAIN)
                .ifPresent(name ->
                        written.add(new Section.Item<>(name, section.locationOf(DomainListElements.DEFAULT_DOMAIN))));
        Map<DomainName, Location> served = new LinkedHashMap<>();
        written.forEach(item -> parse(item.value()).ifPresent(domain -> served.putIfAbsent(domain, item.location())));
        return served;
    }

    /** What is no domain, James refuses. */
    private static Optional<DomainName> parse(String name) {
        try {
            return Optional.of(DomainName.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
