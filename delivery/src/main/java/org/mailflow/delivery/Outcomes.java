package org.mailflow.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mailflow.core.operation.ActionResult;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueuedMail;

/** What became of the mails that an action was meant for. */
final class Outcomes {

    private final List<String> done = new ArrayList<>();
    private final List<String> busy = new ArrayList<>();
    private final Set<String> chosen = new HashSet<>();
    private final Map<String, QueuedMail> unsuitable = new LinkedHashMap<>();

    void done(String id) {
        done.add(id);
    }

    /** It is to be done to this mail. */
    void chosen(String id) {
        chosen.add(id);
    }

    void busy(String id) {
        busy.add(id);
    }

    /** The action is nothing for this mail, as it stands. */
    void unsuitable(QueuedMail mail) {
        unsuitable.put(mail.id(), mail);
    }

    /**
     * Nothing begins unless every mail that was named can be taken.
     *
     * @param named by the operator; only what he chose by a filter may be left out
     */
    void requireAll(List<String> named) throws OperationException {
        for (String id : named) {
            if (!done.contains(id) && !busy.contains(id) && !unsuitable.containsKey(id) && !chosen.contains(id)) {
                throw OperatedQueues.gone(id);
            }
        }
        requireNotBusy(named);
        for (String id : named) {
            QueuedMail mail = unsuitable.get(id);
            if (mail != null) {
                throw OperationException.invalid("mail '" + id + "' is "
                        + mail.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " in queue '" + mail.queue()
                        + "': that cannot be done to it there");
            }
        }
    }

    private void requireNotBusy(List<String> named) throws OperationException {
        for (String id : named) {
            if (busy.contains(id)) {
                throw OperationException.busy(
                        "mail '" + id + "' is busy: it is processed or delivered at this moment; try again in a while");
            }
        }
    }

    /** What to say before a failure. */
    String sofar() {
        return done.isEmpty() ? "nothing was done; " : "done to " + done.size() + " mails; ";
    }

    ActionResult result() {
        return new ActionResult(done.size(), done, busy);
    }
}
