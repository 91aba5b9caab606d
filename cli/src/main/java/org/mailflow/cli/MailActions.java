package org.mailflow.cli;

import java.util.Optional;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.Disposal;
import org.mailflow.core.operation.MailAction;
import org.mailflow.core.operation.QueueChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** What all commands have in common that do something to mails: the options, and how it is done and told. */
final class MailActions {

    @Mixin
    private ServerLink server = new ServerLink();

    @Mixin
    private JsonOption format = new JsonOption();

    @Mixin
    private MailChoice choice = new MailChoice();

    /** Whether a whole queue is meant rather than mails. */
    boolean isWholeQueue(RecipientOption recipient) {
        return choice.isWholeQueue(recipient.address());
    }

    /** Refuses a command line that says nothing of which mails. */
    void require(Optional<String> recipient) throws CommandFailure {
        choice.require(recipient);
    }

    /**
     * Does it to mails.
     *
     * @param verb the last part of the route
     * @param done what the mails are then
     */
    int run(CommandSpec spec, String verb, Optional<String> recipient, String done) throws CommandFailure {
        return run(spec, verb, recipient, Optional.empty(), Optional.empty(), done);
    }

    /** The same with what becomes of deleted mails, or where mails are moved to. */
    int run(
            CommandSpec spec,
            String verb,
            Optional<String> recipient,
            Optional<Disposal> disposal,
            Optional<String> target,
            String done)
            throws CommandFailure {
        require(recipient);
        MailAction action = new MailAction(choice.filter(recipient), Optional.of(choice.isAll()), disposal, target);
        ActionResult result = server.find().act(QueuePaths.MAILS + "/" + verb, action, ActionResult.class);
        return view(spec).show(done, result);
    }

    /** Does it to a whole queue. */
    int runOnQueue(CommandSpec spec, String verb, String done) throws CommandFailure {
        QueueChoice queue = new QueueChoice(choice.queue().orElse(""));
        server.find().act(QueuePaths.QUEUES + "/" + verb, queue, QueueChoice.class);
        return view(spec).queue(queue, done);
    }

    private ResultView view(CommandSpec spec) {
        return new ResultView(spec, format, new JsonTexts());
    }
}
