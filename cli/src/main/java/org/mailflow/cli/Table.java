package org.mailflow.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns as wide as they need to be; the last one takes what is left of a line. */
final class Table {

    private static final int LINE = 100;
    private static final int GAP = 2;
    private static final int LEAST = 12;
    private static final String CUT = "…";

    private final List<String> headings;
    private final List<List<Text>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    void row(Text... cells) {
        rows.add(List.of(cells));
    }

    void show(Screen screen) {
        int[] widths = new int[headings.size()];
        int left = LINE;
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    headings.get(i).length(),
                    rows.stream()
                            .mapToInt(row -> row.get(column).printable().length())
                            .max()
                            .orElse(0));
        }
        shrink(widths);
        for (int i = 0; i < widths.length - 1; i++) {
            left -= widths[i] + GAP;
        }
        widths[widths.length - 1] = Math.min(widths[widths.length - 1], Math.max(LEAST, left));
        screen.line(cells(
                headings.stream().map(heading -> Text.of(heading, Style.STRONG)).toList(), widths));
        rows.forEach(row -> screen.line(cells(row, widths)));
    }

    /** The widest column but the last gives way where the last would have no room. */
    private static void shrink(int[] widths) {
        int taken = 0;
        int widest = 0;
        for (int i = 0; i < widths.length - 1; i++) {
            taken += widths[i] + GAP;
            widest = widths[i] > widths[widest] ? i : widest;
        }
        int over = taken + Math.min(LEAST * 2, widths[widths.length - 1]) - LINE;
        if (over > 0) {
            widths[widest] = Math.max(LEAST, widths[widest] - over);
        }
    }

    private static Text[] cells(List<Text> row, int[] widths) {
        Text[] cells = new Text[row.size()];
        for (int i = 0; i < cells.length; i++) {
            int padded = i == cells.length - 1 ? 0 : widths[i] + GAP;
            cells[i] = cut(row.get(i), widths[i]).padded(padded);
        }
        return cells;
    }

    private static Text cut(Text text, int width) {
        String shown = text.printable().text();
        return shown.codePointCount(0, shown.length()) <= width
                ? text
                : Text.of(shown.substring(0, shown.offsetByCodePoints(0, width - 1)) + CUT, text.style());
    }
}
