package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.mailflow.core.model.OutboundConnector;
import org.mailflow.core.model.SmartHost;
import org.mailflow.core.model.SmartHostSelection;

/**
 * In which order the smart hosts of a connector are asked for a mail. The sources leave it open (semantics.md 2.4); hosts of
 * weight 0 come after all others, as in RFC 2782.
 */
public final class SmartHostOrder {

    private SmartHostOrder() {}

    /**
     * The order for one mail.
     *
     * @param turn how many mails the connector tried before this one
     * @param random decides where the order goes by weight
     */
    public static List<SmartHost> of(
            List<SmartHost> hosts, SmartHostSelection selection, long turn, RandomGenerator random) {
        List<SmartHost> last = hosts.stream().filter(host -> host.weight() == 0).toList();
        List<SmartHost> first = hosts.stream().filter(host -> host.weight() > 0).toList();
        return switch (selection) {
            case ORDERED -> List.copyOf(hosts);
            case WEIGHTED ->
                Stream.concat(byWeight(first, random).stream(), last.stream()).toList();
            case ROUND_ROBIN ->
                Stream.concat(inTurn(first, turn).stream(), last.stream()).toList();
        };
    }

    private static List<SmartHost> inTurn(List<SmartHost> hosts, long turn) {
        if (hosts.isEmpty()) {
            return hosts;
        }
        int begin = (int) Math.floorMod(turn, (long) hosts.size());
        return Stream.concat(hosts.stream().skip(begin), hosts.stream().limit(begin))
                .toList();
    }

    private static List<SmartHost> byWeight(List<SmartHost> hosts, RandomGenerator random) {
        List<SmartHost> left = new ArrayList<>(hosts);
        List<SmartHost> order = new ArrayList<>();
        while (!left.isEmpty()) {
            int lot = random.nextInt(weightOf(left));
            int drawn = 0;
            while (lot >= left.get(drawn).weight()) {
                lot -= left.get(drawn).weight();
                drawn++;
            }
            order.add(left.remove(drawn));
        }
        return order;
    }

    private static int weightOf(List<SmartHost> hosts) {
        return hosts.stream().mapToInt(SmartHost::weight).sum();
    }

    /** The hosts of a connector with their ports, and where the order is not that of the list, what decides. */
    public static List<String> describe(OutboundConnector connector) {
        List<SmartHost> hosts = connector.smartHosts();
        int weights = weightOf(hosts);
        return hosts.stream()
                .map(host -> withPort(host, connector.port()) + why(host, connector.smartHostSelection(), weights))
                .toList();
    }

    private static String why(SmartHost host, SmartHostSelection selection, int weights) {
        if (selection == SmartHostSelection.ORDERED) {
            return "";
        }
        if (host.weight() == 0) {
            return " (after the others)";
        }
        return selection == SmartHostSelection.WEIGHTED
                ? " (" + Math.round(100.0 * host.weight() / weights) + " % of mails)"
                : " (in turn)";
    }

    private static String withPort(SmartHost host, int port) {
        return host.port().isPresent() ? host.toString() : host + ":" + port;
    }
}
