package org.mailflow.cli;

import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.QueueChoice;
import picocli.CommandLine.Model.CommandSpec;

/** Shows what an action came to. */
final class ResultView {

    private final Screen screen;
    private final Screen asides;
    private final JsonOption format;
    private final JsonTexts json;

    ResultView(CommandSpec spec, JsonOption format, JsonTexts json) {
        this.screen = Screen.out(spec);
        this.asides = Screen.err(spec);
        this.format = format;
        this.json = json;
    }

    /** Tells how many mails are now what; the exit code says whether that is all that were meant. */
    int show(String what, ActionResult result) {
        if (format.isJson()) {
            screen.json(json.writeIndented(result));
        } else {
            screen.line(
                    Text.of(result.done() + (result.done() == 1 ? " mail " : " mails "), Style.STRONG), Text.of(what));
        }
        if (!result.busy().isEmpty()) {
            asides.line(
                    Text.of(result.busy().size() + " busy, left alone: ", Style.WARNING),
                    Text.of(String.join(" ", result.busy())));
            return ExitCode.NOT_OK;
        }
        return ExitCode.OK;
    }

    /** Tells what a whole queue is now. */
    int queue(QueueChoice queue, String what) {
        if (format.isJson()) {
            screen.json(json.writeIndented(queue));
        } else {
            screen.line(Text.of("Queue "), Text.of(queue.queue(), Style.STRONG), Text.of(" " + what));
        }
        return ExitCode.OK;
    }
}
