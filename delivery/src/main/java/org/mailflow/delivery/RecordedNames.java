package org.mailflow.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mailflow.core.ip.IpAddress;

/** Notes what DNS is asked, and what it says. Used by one thread. */
final class RecordedNames implements Names {

    private final Names names;
    private final List<String> answers = new ArrayList<>();

    RecordedNames(Names names) {
        this.names = names;
    }

    /** Every answer so far, as a line for the administrator. */
    List<String> answers() {
        return List.copyOf(answers);
    }

    @Override
    public Answer<String> mailExchangers(String domain) {
        return noted("MX of " + domain, names.mailExchangers(domain));
    }

    @Override
    public Answer<IpAddress> addresses(String host) {
        return noted("A and AAAA of " + host, names.addresses(host));
    }

    private <T> Answer<T> noted(String question, Answer<T> answer) {
        answers.add(question + ": " + text(answer));
        return answer;
    }

    private static String text(Answer<?> answer) {
        if (answer instanceof Answer.Found<?> found) {
            return found.values().stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        if (answer instanceof Answer.Unavailable<?> unavailable) {
            return unavailable.why();
        }
        return answer instanceof Answer.None<?> none && none.domainExists() ? "none" : "none, the name does not exist";
    }
}
