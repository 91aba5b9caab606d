package org.mailflow.mailets;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/** Where the mails that a mailet enqueues end up; can be full. */
final class Spool {

    /** A mail as it was when it was enqueued. */
    record Item(Mail mail, String name, String state, List<String> recipients, Duration delay) {}

    private final List<Item> items = new ArrayList<>();
    private final Set<Integer> failing = new HashSet<>();
    private int calls;

    /** Makes the call of this number, from 1, fail. */
    Spool failAt(int call) {
        failing.add(call);
        return this;
    }

    List<Item> items() {
        return items;
    }

    MailetContext context() {
        return (MailetContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailetContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sendMail")) {
                        long delay =
                                arguments.length == 4 ? ((TimeUnit) arguments[3]).toMillis((long) arguments[2]) : 0;
                        enqueue((Mail) arguments[0], (String) arguments[1], Duration.ofMillis(delay));
                        return null;
                    }
                    if (method.getName().equals("getPostmaster")) {
                        return Samples.address("postmaster@contoso.com");
                    }
                    if (method.getName().equals("getAttribute")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    private void enqueue(Mail mail, String state, Duration delay) throws MessagingException {
        calls++;
        if (failing.contains(calls)) {
            throw new MessagingException("the spool is full");
        }
        mail.setState(state);
        Mail stored = mail.duplicate();
        items.add(new Item(
                stored,
                mail.getName(),
                state,
                mail.getRecipients().stream().map(MailAddress::asString).toList(),
                delay));
    }
}
