package org.mailflow.core.config.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.NearMiss;
import org.mailflow.core.config.Problems;

/**
 * Holds {@code mailflow.env} and the files that name variables together: a variable that no file names has no effect, and
 * one that {@code mailflow.env} does not have is one that nobody finds.
 */
public final class VariableChecks {

    private static final Pattern XML_COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern PROPERTIES_COMMENT = Pattern.compile("(?m)^\\s*[#!].*$");
    private static final Pattern NAMED = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)");
    /** Logback's own form. */
    private static final Pattern NAMED_BY_LOGBACK = Pattern.compile("\\$\\{([A-Z_][A-Z0-9_]*)[:}]");

    private static final String LOGBACK = "logback.xml";

    private VariableChecks() {}

    /** Warns of variables that only one side has; without a {@code mailflow.env} there is nothing to compare. */
    public static void run(EnvironmentFile file, Path folder, Problems problems) {
        if (!file.isThere()) {
            return;
        }
        Map<String, Location> named = named(folder);
        file.forEach((name, place) -> {
            if (!named.containsKey(name)) {
                String meant = NearMiss.of(name, named.keySet())
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Remove it, or name it in a file as ${env:" + name + "}");
                problems.warning(place, name, "is named by no file of this directory: it has no effect", meant);
            }
        });
        List<String> untold =
                named.keySet().stream().filter(name -> !file.mentions(name)).toList();
        if (!untold.isEmpty()) {
            problems.warning(
                    new Location(EnvironmentFile.NAME, 1, 1),
                    "the file",
                    "does not tell of " + String.join(", ", untold) + ", which other files of this directory name",
                    "Add a line for each, as NAME=value or, with what holds without it, as #NAME=value");
        }
    }

    /** The variables that the files of a directory name, each with its first place. */
    public static Map<String, Location> named(Path folder) {
        Map<String, Location> named = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(path -> collect(path, named));
        } catch (IOException e) {
            // Whoever reads the files tells that they cannot be read.
            return named;
        }
        return named;
    }

    private static void collect(Path path, Map<String, Location> named) {
        String name = path.getFileName().toString();
        boolean xml = name.endsWith(".xml");
        if (!xml && !name.endsWith(".properties")) {
            return;
        }
        String text = blanked(xml ? XML_COMMENT : PROPERTIES_COMMENT, text(path));
        for (Pattern pattern : name.equals(LOGBACK) ? List.of(NAMED, NAMED_BY_LOGBACK) : List.of(NAMED)) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                named.putIfAbsent(matcher.group(1), place(name, text, matcher.start()));
            }
        }
    }

    /** Without comments, yet every character that remains in its place. */
    private static String blanked(Pattern comment, String text) {
        return comment.matcher(text).replaceAll(match -> match.group().replaceAll("[^\n]", " "));
    }

    private static Location place(String file, String text, int offset) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Location(file, line, offset - before.lastIndexOf('\n'));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
