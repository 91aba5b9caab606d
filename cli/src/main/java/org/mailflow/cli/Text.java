package org.mailflow.cli;

/**
 * A piece of a line.
 *
 * @param printable what is shown
 * @param style how, where the terminal can
 * @param width the column that it fills at least, in characters
 */
record Text(Printable printable, Style style, int width) {

    static Text of(String raw) {
        return new Text(Printable.of(raw), Style.PLAIN, 0);
    }

    static Text of(String raw, Style style) {
        return new Text(Printable.of(raw), style, 0);
    }

    Text padded(int columns) {
        return new Text(printable, style, columns);
    }

    String render(boolean colour) {
        String shown = colour ? style.paint(printable.text()) : printable.text();
        return shown + " ".repeat(Math.max(0, width - printable.length()));
    }
}
