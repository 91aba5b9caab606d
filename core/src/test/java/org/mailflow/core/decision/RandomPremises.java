package org.mailflow.core.decision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer;
import org.mailflow.core.directory.Expansion;
import org.mailflow.core.directory.Recipient;
import org.mailflow.core.directory.RecipientDirectory;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.model.Organization;

/**
 * A hybrid deployment drawn by lot: two {@code mailflow.xml} with their recipients. The same seed gives the same one. A sound one is
 * as the documentation says; in any other, things are wrong, up to premises that point at each other.
 *
 * <p>What stands before the first dot of a local part is the person: {@code chris.smith} is another address of {@code chris}.
 */
final class RandomPremises {

    private static final String SHARED = "@contoso.com";
    private static final String ROUTING = "@contoso.mail.onmicrosoft.com";
    private static final String LEGACY = "@legacy.contoso.com";
    private static final String BRANCH = "@branch.contoso.com";
    private static final List<String> HOSTS = TwoPremises.HOSTS;
    private static final List<String> PREMISES = List.of("onPremises", "cloud");
    private static final String DISABLED = element("enabled", "false");
    private static final String SECRET = "a secret of both premises that is long enough for them: 0123456789";

    /** Where somebody is whom the law of delivery is about. */
    enum Home {
        ON_PREMISES(TwoPremises.ON_PREMISES),
        CLOUD(TwoPremises.CLOUD),
        OUTSIDE(-1);

        private final int side;

        Home(int side) {
            this.side = side;
        }

        int side() {
            return side;
        }
    }

    private final Random random;
    private final boolean sound;
    private final Map<String, Home> homes = new LinkedHashMap<>();
    private final List<Map<String, String>> files = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
    private final List<Map<EmailAddress, Recipient>> groups = List.of(new HashMap<>(), new HashMap<>());
    private final Map<EmailAddress, EmailAddress> forwardersOutside = new HashMap<>();
    private final List<String> anybody = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<DomainName, Integer> mailExchangers = new HashMap<>();
    private final Set<Integer> behindDevice = new HashSet<>();
    private boolean centralized;
    private boolean branches;
    private boolean hopLimitsAreTight;

    private RandomPremises(long seed, boolean sound) {
        // Neighbouring seeds of Random begin alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.sound = sound;
    }

    static RandomPremises of(long seed, boolean sound) {
        RandomPremises premises = new RandomPremises(seed, sound);
        premises.draw();
        return premises;
    }

    boolean isSound() {
        return sound;
    }

    boolean isCentralized() {
        return centralized;
    }

    /** Whether a device on a way removes the marks of a mail. */
    boolean stripsMarks() {
        return !behindDevice.isEmpty();
    }

    /** Whether mail that is in order may have too many hops. */
    boolean hopLimitsAreTight() {
        return hopLimitsAreTight;
    }

    /** The side to which somebody on the internet sends a mail for an address. */
    int exchanger(EmailAddress address) {
        return mailExchangers.getOrDefault(address.domain(), TwoPremises.CLOUD);
    }

    /** Where a simple recipient's mail has to arrive; empty for anybody of whom nothing is promised. */
    Optional<Home> home(EmailAddress address) {
        return Optional.ofNullable(homes.get(address.toString()));
    }

    static String person(EmailAddress address) {
        String local = address.localPart().toString();
        return local.contains(".") ? local.substring(0, local.indexOf('.')) : local;
    }

    List<EmailAddress> recipients() {
        return anybody.stream().map(EmailAddress::parse).toList();
    }

    EmailAddress user(int side) {
        return EmailAddress.parse((side == TwoPremises.ON_PREMISES ? "chris" : "david") + SHARED);
    }

    TwoPremises written(Path directory) throws IOException {
        List<Mailflow> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            Path folder = Files.createDirectories(directory.resolve(side == 0 ? "onpremises" : "cloud"));
            Files.writeString(folder.resolve("secret"), SECRET);
            Files.writeString(folder.resolve("recipients.csv"), csv(side));
            Mailflow read = Written.mailflow(folder, texts.get(side));
            Organization organization = read.organizations().get(0);
            Map<EmailAddress, Recipient> known = groups.get(side);
            RecipientDirectory groupsHere = address -> Optional.ofNullable(known.get(address))
                    .<DirectoryAnswer>map(DirectoryAnswer.Found::new)
                    .orElseGet(DirectoryAnswer.NotFound::new);
            sides.add(new Mailflow(
                    1,
                    read.server(),
                    List.of(organization.withDirectory(
                            RecipientDirectory.firstOf(List.of(groupsHere, organization.directory())))),
                    read.signingKey(),
                    read.clock()));
        }
        return new TwoPremises(sides, mailExchangers, forwardersOutside, behindDevice);
    }

    private String csv(int side) {
        return "primaryAddress,targetAddress,proxyAddresses\n"
                + String.join("\n", files.get(side).values()) + "\n";
    }

    String story() {
        StringBuilder story = new StringBuilder();
        for (int side = 0; side < 2; side++) {
            story.append(texts.get(side)).append(csv(side));
            groups.get(side).forEach((group, recipient) -> story.append(group)
                    .append(" = ")
                    .append(recipient.expansion().orElseThrow().members())
                    .append('\n'));
        }
        return story.append("MX ")
                .append(mailExchangers)
                .append(", outside ")
                .append(forwardersOutside)
                .append(", devices before ")
                .append(behindDevice)
                .toString();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** As it should be, or, where things are wrong, not seldom otherwise. */
    private boolean wrong(int percent) {
        return !sound && chance(percent);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void draw() {
        centralized = chance(50);
        boolean relayedOnPremises = chance(30);
        boolean relayedInTheCloud = !relayedOnPremises && chance(40);
        if (wrong(40)) {
            relayedOnPremises = true;
            relayedInTheCloud = true;
        }
        boolean legacy = chance(40);
        int exchanger = random.nextInt(2);
        mailExchangers.put(DomainName.parse("contoso.com"), exchanger);
        mailExchangers.put(DomainName.parse("legacy.contoso.com"), wrong(20) ? 1 - exchanger : exchanger);
        mailExchangers.put(DomainName.parse("branch.contoso.com"), wrong(20) ? 1 - exchanger : exchanger);
        mailExchangers.put(DomainName.parse("contoso.mail.onmicrosoft.com"), wrong(15) ? 0 : 1);
        if (wrong(10)) {
            mailExchangers.remove(DomainName.parse("contoso.com"));
        }
        if (wrong(30)) {
            behindDevice.add(random.nextInt(2));
        }
        if (!behindDevice.isEmpty() && chance(50)) {
            behindDevice.addAll(Set.of(0, 1));
        }
        branches = chance(40);
        people(relayedOnPremises, relayedInTheCloud, legacy);
        groups();
        boolean secure = chance(80);
        texts.add(onPremises(relayedOnPremises, legacy, secure && !wrong(15)));
        texts.add(cloud(relayedInTheCloud, legacy, secure && !wrong(15)));
    }

    private void people(boolean relayedOnPremises, boolean relayedInTheCloud, boolean legacy) {
        for (String name : List.of("chris", "carla")) {
            add(0, name + SHARED, "", name + ".alias" + SHARED);
            homes.put(name + SHARED, Home.ON_PREMISES);
            homes.put(name + ".alias" + SHARED, Home.ON_PREMISES);
            boolean known = !relayedInTheCloud || chance(50);
            if (known && !wrong(10)) {
                add(1, name + SHARED, wrong(15) ? name + ROUTING : name + SHARED, name + ".alias" + SHARED);
            } else if (wrong(20)) {
                add(1, name + SHARED, "", "");
            }
        }
        for (String name : List.of("david", "dora")) {
            add(1, name + SHARED, wrong(15) ? name + SHARED : "", name + ROUTING + ";" + name + ".alias" + SHARED);
            homes.put(name + SHARED, Home.CLOUD);
            homes.put(name + ".alias" + SHARED, Home.CLOUD);
            homes.put(name + ROUTING, Home.CLOUD);
            boolean known = !relayedOnPremises || chance(50);
            if (known && !wrong(10)) {
                add(0, name + SHARED, wrong(15) ? name + SHARED : name + ROUTING, name + ".alias" + SHARED);
            }
        }
        for (int side = 0; side < 2; side++) {
            add(side, "partner" + SHARED, "pat@fabrikam.com", "");
            add(side, "contact" + SHARED, "erin@cpandl.com", "");
            add(side, "postmaster" + SHARED, side == 0 ? "" : "postmaster" + SHARED, "");
        }
        homes.put("partner" + SHARED, Home.OUTSIDE);
        homes.put("contact" + SHARED, Home.OUTSIDE);
        if (legacy) {
            add(0, "lena" + LEGACY, "", "");
            homes.put("lena" + LEGACY, Home.ON_PREMISES);
            anybody.add("nobody" + LEGACY);
        }
        anybody.addAll(homes.keySet());
        anybody.addAll(List.of(
                "nobody" + SHARED, "nobody" + ROUTING, "erin@cpandl.com", "bob@fabrikam.com", "someone" + BRANCH));
        if (!sound) {
            for (int i = 0; i < 2; i++) {
                String outside = "forward" + i + "@fwd.example";
                forwardersOutside.put(EmailAddress.parse(outside), EmailAddress.parse(any(anybody)));
                String contact = "away" + i + SHARED;
                add(0, contact, outside, "");
                add(1, contact, chance(70) ? outside : contact, "");
                anybody.addAll(List.of(contact, outside));
            }
            if (chance(50)) {
                forwardersOutside.put(EmailAddress.parse("forward0@fwd.example"), EmailAddress.parse("away0" + SHARED));
            }
        }
    }

    private void add(int side, String primary, String target, String proxies) {
        files.get(side).put(primary, primary + "," + target + "," + proxies);
    }

    /** Groups, forwarding mailboxes and aliases for other addresses, on the side that expands them. */
    private void groups() {
        List<String> members = new ArrayList<>(homes.keySet());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add("group" + i + SHARED);
        }
        for (int i = 0; i < names.size(); i++) {
            int side = random.nextInt(2);
            String name = names.get(i);
            List<EmailAddress> to = new ArrayList<>();
            int size = 1 + random.nextInt(3);
            for (int member = 0; member < size; member++) {
                boolean nested = chance(35) && (i > 0 || !sound);
                to.add(EmailAddress.parse(
                        nested ? names.get(random.nextInt(sound ? i : names.size())) : any(sound ? members : anybody)));
            }
            EmailAddress address = EmailAddress.parse(name);
            if (chance(20)) {
                to.add(address);
            }
            List<EmailAddress> proxies =
                    side == TwoPremises.CLOUD ? List.of(EmailAddress.parse("group" + i + ROUTING)) : List.of();
            Recipient group = Recipient.expandedTo(address, proxies, new Expansion(to));
            groups.get(side).put(address, group);
            proxies.forEach(proxy -> groups.get(side).put(proxy, group));
            if (!wrong(10)) {
                add(1 - side, name, side == TwoPremises.CLOUD ? "group" + i + ROUTING : name, "");
            }
        }
        anybody.addAll(names);
    }

    private String onPremises(boolean relayed, boolean legacy, boolean secure) {
        List<String> domains = new ArrayList<>(List.of("contoso.mail.onmicrosoft.com"));
        if (relayed || wrong(30)) {
            domains.add("contoso.com");
        }
        boolean bothClouds = wrong(10);
        StringBuilder text = new StringBuilder(start(0, bothClouds ? "cloud" : "onPremises"));
        text.append(shared(relayed));
        if (legacy) {
            text.append(accepted("legacy.contoso.com", type(wrong(40)), false));
        }
        text.append("<recipients><file>recipients.csv</file></recipients><hybrid>");
        text.append(element("targetDeliveryDomain", "contoso.mail.onmicrosoft.com"));
        String outbound = outbound(0, domains, secure, bothClouds && chance(50));
        boolean wayBack = !outbound.isEmpty() && !outbound.contains(DISABLED);
        if (!bothClouds && wayBack && chance(40)) {
            text.append(element("centralizedTransportEgress", "cloud"));
        }
        text.append("</hybrid>\n").append(inbound(0, secure)).append(outbound);
        return text.append(others(0)).append("</organization></mailflow>\n").toString();
    }

    private String cloud(boolean relayed, boolean legacy, boolean secure) {
        List<String> domains = new ArrayList<>(List.of("contoso.com"));
        if (wrong(15)) {
            domains.add("contoso.mail.onmicrosoft.com");
        }
        boolean bothOnPremises = wrong(10);
        StringBuilder text = new StringBuilder(start(1, bothOnPremises ? "onPremises" : "cloud"));
        text.append(shared(relayed));
        text.append(accepted("contoso.mail.onmicrosoft.com", type(wrong(20)), false));
        if (legacy) {
            domains.add("legacy.contoso.com");
            text.append(accepted("legacy.contoso.com", wrong(15) ? "externalRelay" : "internalRelay", false));
        }
        text.append("<recipients><file>recipients.csv</file></recipients>\n");
        text.append(inbound(1, secure)).append(outbound(1, domains, secure, centralized && !bothOnPremises));
        return text.append(others(1)).append("</organization></mailflow>\n").toString();
    }

    private String start(int side, String premises) {
        String hops = "";
        if (wrong(15)) {
            hopLimitsAreTight = true;
            hops = element("maxHopCount", Integer.toString(1 + random.nextInt(6)));
        }
        return """
               <mailflow><server><fqdn>%1$s</fqdn>%2$s
               %7$s
               </server>
               <organization name="contoso" premises="%3$s">%4$s%5$s%6$s
               """
                .formatted(
                        HOSTS.get(side),
                        premises.equals(PREMISES.get(side)) && !wrong(10) ? element("secretFile", "secret") : "",
                        premises,
                        hops,
                        chance(30) ? element("senderRewriting", Boolean.toString(chance(50))) : "",
                        chance(20) ? element("connectorSelection", "documentedOrder") : "",
                        TwoPremises.certificate(side));
    }

    private String type(boolean relayed) {
        return relayed ? (wrong(10) ? "externalRelay" : "internalRelay") : "authoritative";
    }

    /** The domain of both, and those below it, which the side that does not relay them has to have. */
    private String shared(boolean relayed) {
        String below = branches && !relayed && !wrong(50) ? accepted("branch.contoso.com", "authoritative", false) : "";
        return accepted("contoso.com", type(relayed), relayed && branches) + below;
    }

    private static String accepted(String name, String type, boolean subDomains) {
        boolean may = subDomains && type.equals("internalRelay");
        return "<acceptedDomain name=\"" + name + "\" type=\"" + type + "\">"
                + (may ? element("matchSubDomains", "true") : "") + "</acceptedDomain>\n";
    }

    private static String element(String name, String value) {
        return "<" + name + ">" + value + "</" + name + ">";
    }

    private String inbound(int side, boolean secure) {
        if (wrong(10)) {
            return "";
        }
        boolean byAddress = behindDevice.contains(side) && chance(80);
        return connector("inbound", "From the other side")
                + element("senderDomains", wrong(15) ? "contoso.com" : "*")
                + (byAddress ? element("senderIPAddresses", TwoPremises.DEVICES.get(side)) : "")
                + (byAddress && chance(50) ? "" : element("tlsSenderCertificateName", HOSTS.get(1 - side)))
                + (byAddress ? "" : element("cloudServicesMailEnabled", Boolean.toString(secure)))
                + "</inboundConnector>\n";
    }

    private static String connector(String direction, String name) {
        return "<" + direction + "Connector name=\"" + name + "\">" + element("connectorType", "onPremises");
    }

    private String outbound(int side, List<String> domains, boolean secure, boolean viaOnPremises) {
        if (wrong(5)) {
            return "";
        }
        List<String> served = new ArrayList<>(domains);
        if (wrong(20)) {
            served.add(any(List.of("*", "*.contoso.com", "cpandl.com")));
        }
        String host = HOSTS.get(wrong(10) ? side : 1 - side);
        String other = connector("outbound", "To the other side")
                + (wrong(5) ? DISABLED : "")
                + element("recipientDomains", served.stream().distinct().collect(Collectors.joining(", ")))
                + (side == TwoPremises.CLOUD && chance(20) ? element("allAcceptedDomains", "true") : "")
                + (!viaOnPremises && wrong(5)
                        ? element("useMXRecord", "true")
                        : element("useMXRecord", "false") + element("smartHosts", host))
                + (wrong(10) ? "" : element("tlsCertificateName", HOSTS.get(side)))
                + (viaOnPremises ? element("routeAllMessagesViaOnPremises", "true") : "")
                + element("cloudServicesMailEnabled", Boolean.toString(secure))
                + "</outboundConnector>\n";
        return wrong(20) ? other + second(side, domains) : other;
    }

    /** A second way to the same place, for one of the domains or for all of them. */
    private String second(int side, List<String> domains) {
        return connector("outbound", "A second way")
                + element("recipientDomains", chance(50) ? any(domains) : "*.contoso.com")
                + element("useMXRecord", "false")
                + element("smartHosts", HOSTS.get(1 - side))
                + element("cost", Integer.toString(1 + random.nextInt(2)))
                + (chance(50) ? element("tlsCertificateName", HOSTS.get(side)) : "")
                + "</outboundConnector>\n";
    }

    /** A partner, and a way for everything else. */
    private String others(int side) {
        String partner = "<outboundConnector name=\"Partner\">" + element("connectorType", "partner")
                + element("recipientDomains", "fabrikam.com") + element("useMXRecord", "false")
                + element("smartHosts", "mail.fabrikam.com") + "</outboundConnector>\n";
        String fallback = "<outboundConnector name=\"Fallback\">" + element("connectorType", "partner")
                + element("recipientDomains", "*") + element("useMXRecord", "false")
                + element("smartHosts", wrong(25) ? HOSTS.get(1 - side) : "relay.example") + "</outboundConnector>\n";
        return (chance(30) ? partner : "") + (chance(25) ? fallback : "");
    }
}
