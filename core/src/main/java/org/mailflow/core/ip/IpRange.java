package org.mailflow.core.ip;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * All addresses from one to another, both included: how IPAllowList and IPBlockList write a range.
 *
 * @param first the lowest address
 * @param last the highest address, of the same family
 */
public record IpRange(IpAddress first, IpAddress last) {

    /** Refuses ends of two families, and a range that runs backwards. */
    public IpRange {
        if (first.isIpv4() != last.isIpv4()) {
            throw new IllegalArgumentException(
                    "The range " + first + "-" + last + " runs from IPv4 to IPv6: write one range for each family");
        }
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "The range " + first + "-" + last + " runs backwards: write " + last + "-" + first);
        }
    }

    /**
     * Reads {@code 192.0.2.10-192.0.2.20}.
     *
     * @throws IllegalArgumentException where the text is no such range; the message says how to mend it
     */
    public static IpRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a range: write it like 192.0.2.10-192.0.2.20");
        }
        return new IpRange(IpAddress.parse(text.substring(0, dash)), IpAddress.parse(text.substring(dash + 1)));
    }

    /**
     * The fewest networks that together hold the addresses of the range and no other, in order. A range of IPv6 holds no
     * IPv4 addresses, even where it runs across the mapped ones.
     */
    public List<IpPrefix> prefixes() {
        List<IpPrefix> prefixes = new ArrayList<>();
        int width = first.width();
        BigInteger next = number(first);
        BigInteger end = number(last).add(BigInteger.ONE);
        while (next.compareTo(end) < 0) {
            // The next network can start here with as many free bits as the address has zeros, and fits as many.
            int aligned = next.signum() == 0 ? width : next.getLowestSetBit();
            int fitting = end.subtract(next).bitLength() - 1;
            int free = Math.min(aligned, fitting);
            IpAddress network = address(next, width);
            if (network.isIpv4() == first.isIpv4()) {
                prefixes.add(new IpPrefix(network, width - free));
            }
            next = next.add(BigInteger.ONE.shiftLeft(free));
        }
        return List.copyOf(prefixes);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.toBytes());
    }

    private static IpAddress address(BigInteger number, int width) {
        byte[] bytes = new byte[width / Byte.SIZE];
        byte[] digits = number.toByteArray();
        // A sign byte in front, and missing leading zeros, are how BigInteger writes a number.
        int count = Math.min(digits.length, bytes.length);
        System.arraycopy(digits, digits.length - count, bytes, bytes.length - count, count);
        return IpAddress.ofBytes(bytes);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
