package org.mailflow.core.config.settings;

import java.util.stream.Stream;

/** The page of all settings, as the reader has them. */
final class SettingsPage {

    private final StringBuilder page = new StringBuilder();

    private SettingsPage() {}

    static String of(ElementSpec root) {
        SettingsPage page = new SettingsPage();
        page.line("# Settings of mailflow.xml");
        page.line("");
        page.line(
                "Every element and parameter that `mailflow.xml` can have. [conf/mailflow.xsd](../conf/mailflow.xsd) has the same"
                        + " for editors; `mailflow check` tells what is wrong in a file. Wherever a value stands, `${env:NAME}` and"
                        + " `${env:NAME:-default}` are replaced by a variable of the process or of [mailflow.env](operations/install.md).");
        root.withDescendants().distinct().forEach(page::element);
        return page.page.toString();
    }

    private void element(ElementSpec element) {
        line("");
        line("## " + element.name());
        line("");
        line(element.meaning() + " " + (element.required() ? "Required" : "Optional")
                + (element.repeatable() ? ", any number." : ", once."));
        if (element.attributes().isEmpty() && element.parameters().isEmpty()) {
            return;
        }
        line("");
        line("| Parameter | Value | Default | Meaning | Cmdlet |");
        line("|---|---|---|---|---|");
        Stream.concat(
                        element.attributes().stream().map(parameter -> row(parameter, "attribute, ")),
                        element.parameters().stream().map(parameter -> row(parameter, "")))
                .forEach(this::line);
    }

    private static String row(Parameter<?> parameter, String form) {
        String occurs =
                switch (parameter.occurs()) {
                    case ONCE -> "";
                    case LIST -> "; several with commas between them";
                    case REPEATED -> "; an element for each";
                };
        String otherwise = parameter.required()
                ? "required"
                : parameter.fixedDefault() ? "`" + parameter.defaultText() + "`" : parameter.defaultText();
        String cmdlet = parameter.cmdlet().isEmpty() ? "" : "`" + parameter.cmdlet() + "`";
        return "| `" + parameter.name() + "` | "
                + cell(form + parameter.kind().meaning() + occurs)
                + " | " + cell(otherwise) + " | " + cell(parameter.meaning()) + " | " + cell(cmdlet) + " |";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
