package org.mailflow.smtp;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailflow.core.ip.IpAddress;
import org.mailflow.core.tls.PeerIdentity;
import org.mailflow.core.tls.TlsSession;

/**
 * The trace header that this server writes (RFC 5321, 4.4), and reads back to tell the way of a mail:
 *
 * <pre>
 * Received: from mail.contoso.com ([192.0.2.1])
 *         by mx.cloud.example (Mailflow) with ESMTPS
 *         (TLSv1.3 TLS_AES_256_GCM_SHA384; peer verified mail.contoso.com; connector From on-premises)
 *         id Mail1700000000000-4f2a for &lt;david@contoso.com&gt;;
 *         Tue, 14 Nov 2023 22:13:20 +0000
 * </pre>
 *
 * @param helo what the client called itself
 * @param clientIp where it connected from
 * @param by this server's name
 * @param protocol the keyword of RFC 3848: {@code ESMTPS}
 * @param tls the TLS session; empty in clear text
 * @param peer {@code verified mail.contoso.com}, {@code pinned mail.contoso.com}, {@code unverified} or {@code no
 *     certificate}
 * @param connector the inbound connector that identified the client; empty for none
 * @param id the server's own id of the mail
 * @param recipient the recipient, where there is only one
 * @param date when
 */
public record ReceivedHeader(
        String helo,
        IpAddress clientIp,
        String by,
        String protocol,
        Optional<TlsSession> tls,
        String peer,
        Optional<String> connector,
        String id,
        Optional<String> recipient,
        ZonedDateTime date) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.US);
    private static final int LONGEST_NAME = 255;
    private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9._:*\\[\\]-]");
    private static final Pattern NO_COMMENT = Pattern.compile("[^A-Za-z0-9 ._:*/@-]");
    private static final Pattern HEADER = Pattern.compile("from (\\S+) \\(\\[(?:IPv6:)?([0-9A-Fa-f:.]+)]\\)"
            + " by (\\S+) \\(Mailflow\\) with (\\S+)"
            + "(?: \\((\\S+) ([^\\s;]+); peer ([^;()]+)(?:; connector ([^;()]+))?\\)| \\(connector ([^;()]+)\\))?"
            + " id (\\S+)(?: for <(.+)>)?; ([^;]+)");

    /** Leaves only characters that cannot end a name or a comment, in any reader's eyes. */
    public ReceivedHeader {
        helo = name(helo);
        by = name(by);
        peer = comment(peer);
        connector = connector.map(ReceivedHeader::comment);
    }

    /** A peer's identity in words for the header: the first of its names, if they are proven. */
    public static String peer(PeerIdentity identity) {
        if (identity instanceof PeerIdentity.Verified verified) {
            return "verified " + first(verified.names());
        }
        if (identity instanceof PeerIdentity.Pinned pinned) {
            return "pinned " + first(pinned.names());
        }
        return identity instanceof PeerIdentity.Unverified ? "unverified" : "no certificate";
    }

    private static String first(List<String> names) {
        return names.stream().findFirst().map(ReceivedHeader::name).orElse("without a name");
    }

    /** The header's lines, without line ends. */
    public List<String> lines() {
        String address = clientIp.isIpv4() ? clientIp.toString() : "IPv6:" + clientIp;
        List<String> lines = new ArrayList<>();
        lines.add("Received: from " + helo + " ([" + address + "])");
        lines.add("\tby " + by + " (Mailflow) with " + protocol);
        tls.map(session -> session.version() + " " + session.cipher() + "; peer " + peer
                        + connector.map(name -> "; connector " + name).orElse(""))
                .or(() -> connector.map(name -> "connector " + name))
                .ifPresent(comment -> lines.add("\t(" + comment + ")"));
        lines.add("\tid " + id + recipient.map(only -> " for <" + only + ">").orElse("") + ";");
        lines.add("\t" + DATE.format(date));
        return lines;
    }

    /**
     * Reads a header of this kind.
     *
     * @param value what follows {@code Received:}, folded or not
     * @return empty where another kind of server wrote it
     */
    public static Optional<ReceivedHeader> parse(String value) {
        Matcher header = HEADER.matcher(value.replaceAll("\\s+", " ").strip());
        if (!header.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ReceivedHeader(
                    header.group(1),
                    IpAddress.parse(header.group(2)),
                    header.group(3),
                    header.group(4),
                    Optional.ofNullable(header.group(5)).map(version -> new TlsSession(version, header.group(6))),
                    Optional.ofNullable(header.group(7)).orElse("no certificate"),
                    Optional.ofNullable(header.group(8)).or(() -> Optional.ofNullable(header.group(9))),
                    header.group(10),
                    Optional.ofNullable(header.group(11)),
                    ZonedDateTime.parse(header.group(12), DATE)));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String name(String text) {
        String plain = NO_NAME.matcher(text).replaceAll("?");
        return plain.isEmpty() ? "unknown" : plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }

    private static String comment(String text) {
        String plain = NO_COMMENT.matcher(text).replaceAll("?").replaceAll(" +", " ");
        String brief =
                plain.substring(0, Math.min(LONGEST_NAME, plain.length())).strip();
        return brief.isEmpty() ? "?" : brief;
    }
}
