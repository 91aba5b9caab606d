package org.mailflow.integration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import javax.mail.MessagingException;
import org.mailflow.testing.postfix.Postfix;

/** Every copy of every {@link NumberedMail} that has arrived, counted where it did: at Postfix, and in the mailboxes. */
final class Arrivals {

    private static final String MAILBOXES = "mailboxes";

    /**
     * A copy.
     *
     * @param number of the mail
     * @param attempt in which the client handed it over
     */
    private record Copy(int number, int attempt) {}

    private final Map<String, List<Copy>> places = new TreeMap<>();

    /** Counts what is there now. */
    static Arrivals count(TestServer gateway, Postfix postfix) throws MessagingException, IOException {
        Arrivals arrivals = new Arrivals();
        for (String mailbox : List.of(NumberedMail.IN_THE_CLOUD, NumberedMail.PARTNER)) {
            List<Copy> copies = new ArrayList<>();
            postfix.mails(mailbox)
                    .forEach(mail -> copies.add(copy(
                            mail.header(NumberedMail.NUMBER).orElseThrow(),
                            mail.header(NumberedMail.ATTEMPT).orElseThrow())));
            arrivals.places.put(mailbox, copies);
        }
        List<Copy> local = new ArrayList<>();
        for (String user : NumberedMail.users()) {
            gateway.inbox(user)
                    .headers(NumberedMail.NUMBER, NumberedMail.ATTEMPT)
                    .forEach(values -> local.add(copy(values.get(0), values.get(1))));
        }
        arrivals.places.put(MAILBOXES, local);
        return arrivals;
    }

    private static Copy copy(String number, String attempt) {
        return new Copy(Integer.parseInt(number.strip()), Integer.parseInt(attempt.strip()));
    }

    /** The accepted mails that are missing somewhere, one text each: place and number. */
    Set<String> missing(Set<Integer> accepted) {
        Set<String> missing = new TreeSet<>();
        places.forEach((place, copies) -> {
            Set<Integer> arrived = new HashSet<>();
            copies.forEach(copy -> arrived.add(copy.number()));
            accepted.stream()
                    .filter(number -> !arrived.contains(number))
                    .forEach(number -> missing.add(place + " " + number));
        });
        return missing;
    }

    /** Copies beyond the first that the gateway made of what it was given once, by place. */
    Map<String, Integer> duplicates() {
        return surplus(copy -> copy);
    }

    /** Copies beyond the first, by place, of whatever origin: clients send a mail again where they got no answer. */
    Map<String, Integer> repeated() {
        return surplus(Copy::number);
    }

    private Map<String, Integer> surplus(Function<Copy, Object> identity) {
        Map<String, Integer> surplus = new TreeMap<>();
        places.forEach((place, copies) -> {
            Map<Object, Integer> counts = new HashMap<>();
            copies.forEach(copy -> counts.merge(identity.apply(copy), 1, Integer::sum));
            surplus.put(
                    place, counts.values().stream().mapToInt(count -> count - 1).sum());
        });
        return surplus;
    }
}
