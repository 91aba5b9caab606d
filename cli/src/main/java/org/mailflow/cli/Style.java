package org.mailflow.cli;

/** How a text looks on a terminal (ECMA-48, 8.3.117). The sixteen basic colours keep to the user's own palette. */
public enum Style {
    PLAIN(""),
    STRONG("1"),
    DIM("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31");

    private final String parameter;

    Style(String parameter) {
        this.parameter = parameter;
    }

    String paint(String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001B[" + parameter + "m" + text + "\u001B[0m";
    }
}
