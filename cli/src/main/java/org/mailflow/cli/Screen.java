package org.mailflow.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes. Everything passes through {@link Printable} on its way, so nothing can be forgotten. */
public final class Screen {

    private final PrintWriter writer;
    private final boolean colour;

    private Screen(PrintWriter writer, boolean colour) {
        this.writer = writer;
        this.colour = colour;
    }

    /** What the command is for: the answer. */
    public static Screen out(CommandSpec spec) {
        return of(spec.commandLine(), spec.commandLine().getOut());
    }

    /** What is said beside the answer. */
    public static Screen err(CommandSpec spec) {
        return of(spec.commandLine(), spec.commandLine().getErr());
    }

    static Screen of(CommandLine commandLine, PrintWriter writer) {
        return new Screen(writer, commandLine.getColorScheme().ansi().enabled());
    }

    /** Writes a line of pieces. */
    public void line(Text... texts) {
        String line = Arrays.stream(texts).map(text -> text.render(colour)).collect(Collectors.joining());
        writer.println(line.stripTrailing());
        writer.flush();
    }

    /** Writes a plain line. */
    public void line(String text) {
        line(Text.of(text));
    }

    /** JSON that {@code JsonTexts} wrote, which has escaped everything already. */
    public void json(String text) {
        writer.println(text);
        writer.flush();
    }
}
