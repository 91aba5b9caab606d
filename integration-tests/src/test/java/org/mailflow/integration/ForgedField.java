package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A header field of a mail that its author has no right to.
 *
 * @param name as it is published
 * @param value that no field has which the server writes itself
 */
record ForgedField(String name, String value) {

    private static final String CROSS_PREMISES = "X-MS-Exchange-CrossPremises-";
    private static final String ORGANIZATION = "X-MS-Exchange-Organization-";

    /** The names of the test resource. */
    static List<ForgedField> all() throws IOException {
        return rows("names.csv").stream()
                .map(row -> new ForgedField(row.get(0), row.get(1)))
                .toList();
    }

    /** The rows of a table of forgeries, without comments and heading. */
    static List<List<String>> rows(String table) throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "firewall", table)).stream()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> List.of(line.split("\\s*\\|\\s*", -1)))
                .toList();
    }

    /** What it is called once it was promoted; its own name where it is no cross-premises header. */
    String promoted() {
        return name.replace(CROSS_PREMISES, ORGANIZATION);
    }

    /** Puts it into the place of {name} and {value}, and of their variants, in a text. */
    String in(String text) {
        int half = name.length() / 2;
        return text.replace("{name}", name)
                .replace("{NAME}", name.toUpperCase(Locale.ROOT))
                .replace("{low}", name.toLowerCase(Locale.ROOT))
                .replace("{mIxEd}", mixed())
                .replace("{head}", name.substring(0, half))
                .replace("{tail}", name.substring(half))
                .replace("{xtext}", xtext(name + ": " + value))
                .replace("{q}", value.replace('=', ' ').replace('?', ' ').replace(' ', '_'))
                .replace("{value}", value);
    }

    private String mixed() {
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            mixed.append(i % 2 == 0 ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return mixed.toString();
    }

    /** RFC 3461, 4. */
    private static String xtext(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            encoded.append(c <= ' ' || c == '+' || c == '=' ? String.format("+%02X", (int) c) : String.valueOf(c));
        }
        return encoded.toString();
    }
}
