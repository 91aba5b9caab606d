package org.mailflow.core.config.environment;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailflow.core.config.FileAccess;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problems;

/**
 * {@code mailflow.env} of a configuration directory: the one place of what differs from server to server. A line sets a
 * variable that the other files name as <code>${env:NAME}</code>; the environment of the process goes before it.
 *
 * <pre>{@code
 * # The name in greeting, EHLO and Received.
 * MAILFLOW_FQDN=mail.contoso.com
 * #MAILFLOW_SMTP_BIND=0.0.0.0:25
 * }</pre>
 *
 * <p>A value is what follows the equals sign, without blanks around it and without one pair of quotes. Nothing in it is
 * replaced. Who sets a password, a secret or a token here keeps the file from other users. A line that begins with {@code #} is a comment; one like the last above tells what holds where nothing is set.
 */
public final class EnvironmentFile {

    /** Its name. */
    public static final String NAME = "mailflow.env";

    private static final Pattern SETTING = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");
    private static final Pattern COMMENTED = Pattern.compile("#\\s?([A-Z_][A-Z0-9_]*)=.*");

    private static final Pattern SECRET = Pattern.compile("PASSWORD|SECRET|TOKEN");

    private final boolean there;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final Set<String> commented = new HashSet<>();

    /** A line that sets a variable. */
    private record Setting(String value, Location place) {}

    private EnvironmentFile(boolean there) {
        this.there = there;
    }

    /**
     * Reads the file of a directory.
     *
     * @param folder the configuration directory
     * @param problems what is wrong with it goes here; without a file nothing is
     */
    public static EnvironmentFile in(Path folder, Problems problems) {
        Path path = folder.resolve(NAME);
        if (Files.notExists(path)) {
            return new EnvironmentFile(false);
        }
        EnvironmentFile file = new EnvironmentFile(true);
        try {
            List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                file.take(lines.get(i).strip(), new Location(NAME, i + 1, 1), problems);
            }
            file.settings.entrySet().stream()
                    .filter(setting -> isSecret(setting.getKey(), setting.getValue()))
                    .findFirst()
                    .filter(setting -> FileAccess.isForOthers(path))
                    .ifPresent(setting -> problems.warning(
                            setting.getValue().place(), setting.getKey(), FileAccess.EXPOSED, FileAccess.REMEDY));
        } catch (CharacterCodingException e) {
            problems.error(new Location(NAME, 1, 1), "the file", "is not in UTF-8", "Save it as UTF-8");
        } catch (IOException e) {
            problems.error(
                    new Location(NAME, 1, 1),
                    "the file",
                    "cannot be read: " + e.getMessage(),
                    "Let the user of the server read it");
        }
        return file;
    }

    /** The variables of a process in this directory: its own, and where it has none, those of the file. */
    public static Map<String, String> variables(Path folder, Map<String, String> process) {
        return in(folder, new Problems()).under(process);
    }

    /** The variables of a process: its own that are not empty go before those of the file. */
    public Map<String, String> under(Map<String, String> process) {
        Map<String, String> merged = new HashMap<>(process);
        settings.forEach(
                (name, setting) -> merged.merge(name, setting.value(), (own, ours) -> own.isEmpty() ? ours : own));
        return Map.copyOf(merged);
    }

    /** Whether the directory has such a file. */
    public boolean isThere() {
        return there;
    }

    /** Whether it sets a variable or, in a comment, gives its default. */
    boolean mentions(String name) {
        return settings.containsKey(name) || commented.contains(name);
    }

    /** Shows each variable that it sets, with its place. */
    void forEach(BiConsumer<String, Location> action) {
        settings.forEach((name, setting) -> action.accept(name, setting.place()));
    }

    private static boolean isSecret(String name, Setting setting) {
        return SECRET.matcher(name).find() && !setting.value().isEmpty();
    }

    private void take(String line, Location place, Problems problems) {
        if (line.isEmpty() || line.startsWith("#")) {
            Matcher comment = COMMENTED.matcher(line);
            if (comment.matches()) {
                commented.add(comment.group(1));
            }
            return;
        }
        Matcher setting = SETTING.matcher(line);
        if (!setting.matches()) {
            // What stands behind the equals sign may be a secret, and so may a line that has none.
            int end = line.indexOf('=');
            problems.error(
                    place,
                    "the line",
                    (end < 0 ? "" : "'" + line.substring(0, end + 1) + "…' ") + "sets no variable",
                    "Write NAME=value, or # before a comment");
            return;
        }
        String name = setting.group(1);
        Setting first = settings.get(name);
        if (first != null) {
            problems.error(
                    place, name, "is set twice, first in line " + first.place().line(), "Remove one");
            return;
        }
        value(setting.group(2).strip())
                .ifPresentOrElse(
                        value -> settings.put(name, new Setting(value, place)),
                        () -> problems.error(
                                place,
                                name,
                                "begins with a quote and does not end with it",
                                "Add the quote at the end"));
    }

    /** Without one pair of quotes; empty where only one of the pair is there. */
    private static Optional<String> value(String written) {
        if (!written.startsWith("\"") && !written.startsWith("'")) {
            return Optional.of(written);
        }
        return written.length() > 1 && written.charAt(0) == written.charAt(written.length() - 1)
                ? Optional.of(written.substring(1, written.length() - 1))
                : Optional.empty();
    }
}
