package org.mailflow.integration;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A line of {@code hybrid/combinations.csv}.
 *
 * @param centralized whether centralized mail transport is on
 * @param mx where the internet takes mail for contoso.com
 * @param sender address
 * @param flow its name in {@code docs/hybrid.md}; {@code -} for mail inside of the organization
 * @param ways of each recipient's copy, by the recipient's address
 * @param transactions between the premises, each {@code from>to: recipients}
 */
record HybridCase(
        boolean centralized, Side mx, String sender, String flow, Map<String, String> ways, Set<String> transactions) {

    private static final Path TABLE = Path.of("src", "test", "resources", "hybrid", "combinations.csv");
    private static final Map<String, String> PEOPLE =
            Map.of("chris", Contoso.CHRIS, "david", Contoso.DAVID, "erin", Contoso.ERIN);
    private static final List<String> RECIPIENTS = List.of("chris", "david", "erin");
    private static final int SENDER = 2;
    private static final int FLOW = 3;
    private static final int FIRST_WAY = 4;

    static List<HybridCase> all() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("on,") || line.startsWith("off,"))
                .map(HybridCase::of)
                .toList();
    }

    private static HybridCase of(String line) {
        String[] cells = line.split(",", -1);
        Map<String, String> ways = new TreeMap<>();
        for (int i = 0; i < RECIPIENTS.size(); i++) {
            if (!cells[FIRST_WAY + i].isEmpty()) {
                ways.put(requireNonNull(PEOPLE.get(RECIPIENTS.get(i))), cells[FIRST_WAY + i]);
            }
        }
        String transactions = cells[FIRST_WAY + RECIPIENTS.size()];
        return new HybridCase(
                cells[0].equals("on"),
                cells[1].equals("cloud") ? Side.CLOUD : Side.ON_PREMISES,
                requireNonNull(PEOPLE.get(cells[SENDER])),
                cells[FLOW],
                ways,
                transactions.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(transactions.split("; "))));
    }

    /** To whom the sender hands the mail: to his own side, or to where MX points. */
    Side entrance() {
        return switch (sender) {
            case Contoso.CHRIS -> Side.ON_PREMISES;
            case Contoso.DAVID -> Side.CLOUD;
            default -> mx;
        };
    }

    List<String> recipients() {
        return List.copyOf(ways.keySet());
    }

    @Override
    public String toString() {
        return flow + ": " + MailWay.name(sender) + " to "
                + ways.keySet().stream().map(MailWay::name).collect(joining(" and ")) + ", MX " + MailWay.name(mx)
                + ", centralized " + (centralized ? "on" : "off");
    }
}
