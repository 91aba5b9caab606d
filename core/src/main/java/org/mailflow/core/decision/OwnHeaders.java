package org.mailflow.core.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.mailflow.core.ip.IpAddress;

/** The header fields that only this server may say of a mail it takes in: a peer's are removed, and its own written. */
public final class OwnHeaders {

    /** What the server knows of the mail: {@code CIP:192.0.2.1;IPV:NLI;DIR:INB;}. */
    public static final String ANTISPAM_REPORT = "X-Forefront-Antispam-Report";
    /** The source of the mail that enhanced filtering found and that counts: {@code ip=[192.0.2.1]}. */
    public static final String ORIGINAL_SENDER = "X-MS-Exchange-ExternalOriginalInternetSender";
    /** The same, whether it counts for this mail's recipients or not. */
    public static final String SKIP_LISTED_SENDER = "X-MS-Exchange-SkipListedInternetSender";

    private static final NavigableSet<String> NAMES = names();

    private OwnHeaders() {}

    private static NavigableSet<String> names() {
        NavigableSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(List.of(ANTISPAM_REPORT, ORIGINAL_SENDER, SKIP_LISTED_SENDER));
        return names;
    }

    /** Whether a field has one of these names; names compare without regard to case, in any reader's way. */
    public static boolean contain(String name) {
        return NAMES.contains(name);
    }

    /** The fields of a mail, in order, without line ends. */
    public static List<String> lines(AntispamReport report, MailSource source) {
        List<String> lines = new ArrayList<>();
        lines.add(ANTISPAM_REPORT + ": " + report);
        source.recovered().ifPresent(address -> lines.add(ORIGINAL_SENDER + ": " + ip(address)));
        source.skipListed().ifPresent(address -> lines.add(SKIP_LISTED_SENDER + ": " + ip(address)));
        return lines;
    }

    private static String ip(IpAddress address) {
        return "ip=[" + address + "]";
    }
}
