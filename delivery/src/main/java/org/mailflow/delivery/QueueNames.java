package org.mailflow.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.queue.api.MailQueueName;
import org.mailflow.core.container.QueueNaming;
import org.mailflow.core.model.Organization;
import org.mailflow.core.model.OutboundConnector;

/**
 * Names the queues of outbound mail: {@code mailflow-mx}, and for each outbound connector {@code mailflow-out-} with
 * the organization's name, a dot, and the connector's name. In both names every letter is in lower case, and every byte
 * of UTF-8 that is neither letter, digit nor hyphen stands as underscore and two hexadecimal digits; so no two
 * connectors share a queue, and the name is safe for JMS, JMX, a file and a URL. Connector {@code To the cloud} of
 * {@code contoso} has queue {@code mailflow-out-contoso.to_20the_20cloud}.
 */
public final class QueueNames {

    /** The queue of mail that leaves without a connector. */
    public static final MailQueueName MX = MailQueueName.of(QueueNaming.PREFIX + "mx");

    private static final String PREFIX = QueueNaming.PREFIX + "out-";
    private static final Pattern OCTET = Pattern.compile("_([0-9a-f]{2})");

    private QueueNames() {}

    /** The queue of a connector. */
    public static MailQueueName of(Organization organization, OutboundConnector connector) {
        return of(organization.name(), connector.name());
    }

    static MailQueueName of(String organization, String connector) {
        return MailQueueName.of(PREFIX + encode(organization) + "." + encode(connector));
    }

    /**
     * What an operator calls a queue: {@code mx}, or {@code organization/connector}, in lower case; any other as it is.
     */
    static String word(MailQueueName queue) {
        if (queue.equals(MX)) {
            return "mx";
        }
        String name = queue.asString();
        int dot = name.indexOf('.');
        if (!name.startsWith(PREFIX) || dot < 0) {
            return name;
        }
        return decode(name.substring(PREFIX.length(), dot)) + "/" + decode(name.substring(dot + 1));
    }

    private static String decode(String encoded) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            Matcher octet = OCTET.matcher(encoded).region(i, encoded.length());
            if (octet.lookingAt()) {
                decoded.write(Integer.parseInt(octet.group(1), 16));
                i = octet.end() - 1;
            } else {
                decoded.write(encoded.charAt(i));
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
            if ((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-') {
                encoded.append((char) b);
            } else {
                encoded.append('_').append(String.format(Locale.ROOT, "%02x", b & 0xFF));
            }
        }
        return encoded.toString();
    }
}
