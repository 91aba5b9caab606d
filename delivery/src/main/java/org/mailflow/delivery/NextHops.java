package org.mailflow.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.model.SmartHost;
import org.mailflow.delivery.Names.Answer;

/** Finds the hosts that mail is handed to, in the order in which they are tried. */
final class NextHops {

    /**
     * What was found.
     *
     * @param hops in order; may be empty
     * @param trouble why some, or all, were not found
     */
    record Found(List<Hop> hops, Optional<Outcome> trouble) {

        Found {
            hops = List.copyOf(hops);
        }

        private static Found none(Outcome outcome) {
            return new Found(List.of(), Optional.of(outcome));
        }
    }

    /** How the text of a trouble with DNS begins (RFC 3463: directory server failure). */
    private static final String NO_HOST = "451 4.4.3 ";

    private final Names names;

    NextHops(Names names) {
        this.names = names;
    }

    /**
     * The smart hosts of a connector, in the order in which they are configured. One that is not found only waits: a
     * slip in the configuration must not return mail.
     */
    Found ofSmartHosts(List<SmartHost> smartHosts, int port) {
        List<Hop> hops = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (SmartHost host : smartHosts) {
            if (host instanceof SmartHost.Addressed addressed) {
                hops.add(new Hop(
                        Optional.empty(), addressed.address(), host.port().orElse(port)));
            } else if (host instanceof SmartHost.Named named) {
                Found found = named.port().isPresent()
                        ? ofHost(named.name().value(), named.port().getAsInt())
                        : ofNamed(named.name().value(), port);
                hops.addAll(found.hops());
                found.trouble().map(NextHops::why).ifPresent(troubles::add);
            }
        }
        return new Found(
                hops,
                troubles.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Outcome.Deferred(NO_HOST + String.join("; ", troubles), true)));
    }

    private static String why(Outcome trouble) {
        return trouble.text().startsWith(NO_HOST) ? trouble.text().substring(NO_HOST.length()) : trouble.text();
    }

    /** Decision D7: MX first, then addresses. */
    private Found ofNamed(String name, int port) {
        Answer<String> exchangers = names.mailExchangers(name);
        if (exchangers instanceof Answer.Found<String> found) {
            return ofExchangers(name, found.values(), port);
        }
        return exchangers instanceof Answer.Unavailable<String> unavailable
                ? Found.none(new Outcome.Deferred(unavailable.why(), true))
                : ofHost(name, port);
    }

    /** The MX hosts of a recipient's domain (RFC 5321, 5.1). */
    Found ofDomain(String domain, int port) {
        Optional<IpAddress> literal = DomainLiterals.address(domain);
        if (literal.isPresent()) {
            return new Found(List.of(new Hop(Optional.empty(), literal.get(), port)), Optional.empty());
        }
        Answer<String> exchangers = names.mailExchangers(domain);
        if (exchangers instanceof Answer.Found<String> found) {
            return ofExchangers(domain, found.values(), port);
        }
        if (exchangers instanceof Answer.Unavailable<String> unavailable) {
            return Found.none(new Outcome.Deferred(NO_HOST + unavailable.why(), true));
        }
        Answer<IpAddress> addresses = names.addresses(domain);
        if (addresses instanceof Answer.None<IpAddress>) {
            return Found.none(
                    new Outcome.Failed(550, "550 5.4.310 DNS domain " + domain + " does not exist, or takes no mail"));
        }
        return hops(domain, addresses, port);
    }

    private Found ofExchangers(String domain, List<String> exchangers, int port) {
        if (exchangers.equals(List.of("."))) {
            return Found.none(new Outcome.Failed(556, "556 5.1.10 " + domain + " takes no mail (null MX)"));
        }
        List<Hop> hops = new ArrayList<>();
        Optional<Outcome> trouble = Optional.empty();
        for (String exchanger : exchangers) {
            Found found = ofHost(exchanger, port);
            hops.addAll(found.hops());
            trouble = trouble.or(found::trouble);
        }
        return new Found(hops, trouble);
    }

    private Found ofHost(String host, int port) {
        return hops(host, names.addresses(host), port);
    }

    private static Found hops(String host, Answer<IpAddress> addresses, int port) {
        if (addresses instanceof Answer.Found<IpAddress> found) {
            return new Found(
                    found.values().stream()
                            .map(address -> new Hop(Optional.of(host), address, port))
                            .toList(),
                    Optional.empty());
        }
        String why = addresses instanceof Answer.Unavailable<IpAddress> unavailable
                ? unavailable.why()
                : "the host " + host + " has no address in DNS";
        return Found.none(new Outcome.Deferred(NO_HOST + why, true));
    }
}
