package org.mailflow.cli;

/**
 * A piece of a line.
 *
 * @param printable what is shown
 * @param style how, where the terminal can
 * @param width the column that it fills at least, in characters
 */
public record Text(Printable printable, Style style, int width) {

    /** A plain piece. */
    public static Text of(String raw) {
        return new Text(Printable.of(raw), Style.PLAIN, 0);
    }

    /** A piece with a look. */
    public static Text of(String raw, Style style) {
        return new Text(Printable.of(raw), style, 0);
    }

    /** The same, filling a column. */
    public Text padded(int columns) {
        return new Text(printable, style, columns);
    }

    String render(boolean colour) {
        String shown = colour ? style.paint(printable.text()) : printable.text();
        return shown + " ".repeat(Math.max(0, width - printable.length()));
    }
}
