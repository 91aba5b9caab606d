package org.mailflow.core.ip;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A network of addresses (CIDR, RFC 4632), or a single address: what the cmdlet parameters SenderIPAddresses,
 * IPAllowList and IPBlockList hold. Exchange limits them to IPv4 /24 to /32; here any length of both families will do.
 *
 * @param network the first address of the network; bits after the prefix are cleared, so that {@code 192.168.0.1/25}
 *     (an example of Exchange's own documentation) is {@code 192.168.0.0/25}
 * @param length the length of the prefix in bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record IpPrefix(IpAddress network, int length) implements Comparable<IpPrefix> {

    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int MAPPED_BITS = 96;
    private static final Comparator<IpPrefix> ORDER =
            Comparator.comparing(IpPrefix::network).thenComparing(IpPrefix::length);

    /** Refuses a length that an address of this family does not have. */
    public IpPrefix {
        if (length < 0 || length > network.width()) {
            throw new IllegalArgumentException(
                    "A prefix of " + network + " cannot be " + length + " bits long: " + "use 0 to " + network.width());
        }
        network = network.network(length);
    }

    /** The network that holds this one address. */
    public static IpPrefix of(IpAddress address) {
        return new IpPrefix(address, address.width());
    }

    /**
     * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24}, {@code 2001:db8::1} or {@code 2001:db8::/32}. A prefix of
     * IPv4-mapped addresses ({@code ::ffff:192.0.2.0/120}) is the IPv4 network.
     *
     * @throws IllegalArgumentException where the text is neither an address nor a network; the message says how to mend
     *     it
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return of(IpAddress.parse(text));
        }
        IpAddress address = IpAddress.parse(text.substring(0, slash));
        boolean mapped = address.isIpv4() && text.indexOf(':') >= 0;
        int skipped = mapped ? MAPPED_BITS : 0;
        int length = parseLength(text, slash, skipped + address.width());
        if (length < skipped) {
            // Read by the letter it would be a network of IPv6 that holds no IPv4 address at all.
            throw new IllegalArgumentException("'" + text + "' is an IPv4-mapped address with a prefix shorter than /"
                    + skipped + ": write the IPv4 network, like " + address + "/24");
        }
        return new IpPrefix(address, length - skipped);
    }

    private static int parseLength(String text, int slash, int longest) {
        String digits = text.substring(slash + 1);
        if (!LENGTH.matcher(digits).matches()) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length after the slash: use /0 to /"
                    + longest + ", not a mask, without sign or leading zeros");
        }
        int length = Integer.parseInt(digits);
        if (length > longest) {
            String family = longest == Integer.SIZE ? "IPv4" : "IPv6";
            throw new IllegalArgumentException(
                    "'" + text + "' has a prefix longer than an " + family + " address: use /0 to /" + longest);
        }
        return length;
    }

    /**
     * Reads what {@link #parse} reads, or a range {@code 192.0.2.10-192.0.2.20} (both ends belong to it).
     *
     * @return the fewest networks that together hold these addresses and no other, in order
     * @throws IllegalArgumentException where the text is none of them; the message says how to mend it
     */
    public static List<IpPrefix> parseAll(String text) {
        return text.indexOf('-') < 0 || text.indexOf('/') >= 0
                ? List.of(parse(text))
                : IpRange.parse(text).prefixes();
    }

    /** Whether the address lies in this network. An IPv4 address is in no IPv6 network, not even in {@code ::/0}. */
    public boolean contains(IpAddress address) {
        return address.isIpv4() == network.isIpv4() && address.network(length).equals(network);
    }

    /** Whether every address of {@code other} lies in this network. */
    public boolean contains(IpPrefix other) {
        return other.length >= length && contains(other.network);
    }

    /** In the order of the networks; of two that start alike, the larger first. */
    @Override
    public int compareTo(IpPrefix other) {
        return ORDER.compare(this, other);
    }

    /** {@code 192.0.2.0/24}, or the address alone where the prefix is as long as the address. */
    @Override
    public String toString() {
        return length == network.width() ? network.toString() : network + "/" + length;
    }
}
