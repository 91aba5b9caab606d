package org.mailflow.core.config.xml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mailflow.core.config.Location;
import org.mailflow.core.config.Problems;

/** The text of a file, with line feeds alone at the ends of its lines, and the places in it. */
public final class SourceText {

    private static final long LARGEST = 64L * 1024 * 1024;
    private static final String WHOLE_FILE = "the file";

    private final String file;
    private final String text;
    private final int[] lineStarts;

    /**
     * A text.
     *
     * @param file the file's name in locations
     * @param text its characters; a byte order mark in front and carriage returns at the ends of lines are left out
     */
    public SourceText(String file, String text) {
        this.file = file;
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.text = unmarked.replace("\r\n", "\n").replace('\r', '\n');
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, this.text.length())
                                .filter(i -> this.text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /**
     * Reads a file; where it cannot be read, notes one problem and gives nothing.
     *
     * @param name the file's name in locations
     */
    public static Optional<SourceText> read(Path file, String name, Problems problems) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                return unreadable(
                        problems, name, "has " + size + " bytes", "A configuration has at most " + LARGEST + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return Optional.of(new SourceText(name, text));
        } catch (NoSuchFileException e) {
            return unreadable(problems, name, "does not exist", "Create it: " + file.toAbsolutePath());
        } catch (CharacterCodingException e) {
            return unreadable(problems, name, "is not in UTF-8", "Save it as UTF-8");
        } catch (IOException e) {
            return unreadable(
                    problems, name, "cannot be read: " + e.getMessage(), "Let the user of the server read it");
        }
    }

    private static Optional<SourceText> unreadable(Problems problems, String name, String message, String remedy) {
        problems.error(new Location(name, 1, 1), WHOLE_FILE, message, remedy);
        return Optional.empty();
    }

    /** The text itself. */
    public String text() {
        return text;
    }

    /** The place of the character at this offset. */
    public Location at(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Location(file, line + 1, offset - lineStarts[line] + 1);
    }

    /** The place of a line and column counted from 1; the nearest one where the file has no such place. */
    public Location at(int line, int column) {
        return new Location(file, Math.max(1, Math.min(line, lineStarts.length)), Math.max(1, column));
    }
}
