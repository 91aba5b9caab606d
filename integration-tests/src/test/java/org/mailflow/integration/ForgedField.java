package org.mailflow.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailflow.testing.readers.ReadField;

/**
 * A header field of a mail that its author has no right to.
 *
 * @param name as it is published
 * @param value that no field has which the server writes itself
 * @param here its name in a mailbox here where the other premises says it; empty where this server says that itself
 * @param isDoubtedAsWord whether the other premises is not believed where the value is an encoded word
 */
record ForgedField(String name, String value, Optional<String> here, boolean isDoubtedAsWord) {

    private static final String CROSS_PREMISES = "X-MS-Exchange-CrossPremises-";
    private static final String ORGANIZATION = "X-MS-Exchange-Organization-";
    private static final String FORGED = "forged";

    /** The names of the test resource. */
    static List<ForgedField> all() throws IOException {
        return rows("names.csv").stream()
                .map(row -> new ForgedField(
                        row.get(0),
                        row.get(1),
                        Optional.of(row.get(2)).filter(name -> !name.equals("-")),
                        row.get(3).equals("doubted")))
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

    /** Whether a reader that is as lenient as any takes a field for this one, under its own name or the one after promotion. */
    boolean isIn(ReadField field) {
        String read = HeaderReadings.lenient(field.name());
        return (read.startsWith(HeaderReadings.lenient(name))
                        || read.equals(HeaderReadings.lenient(name.replace(CROSS_PREMISES, ORGANIZATION))))
                && isSaidIn(field.value());
    }

    /** Whether it is the one that makes a mail of the other premises internal. */
    boolean isInternal() {
        return name.equals(CROSS_PREMISES + "AuthAs");
    }

    /** Whether a text has what tells the forged value from any other. */
    boolean isSaidIn(String text) {
        return text.contains(value.contains(FORGED) ? FORGED : value);
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
