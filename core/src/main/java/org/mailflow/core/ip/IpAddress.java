package org.mailflow.core.ip;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The address of a host. An IPv4 address written or received as an IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.1},
 * RFC 4291, 2.5.5.2) is that IPv4 address; other ways to carry one inside IPv6 (IPv4-compatible, NAT64, 6to4) are IPv6
 * addresses, because anybody may choose them.
 */
public final class IpAddress implements Comparable<IpAddress> {

    private static final CharMatcher LITERAL = CharMatcher.anyOf("0123456789abcdefABCDEF:.");
    private static final long MAPPED = 0xffffL;

    private final boolean ipv4;
    // The bits from the left: an IPv4 address fills the upper half of the first word, so that both families mask alike.
    private final long high;
    private final long low;

    private IpAddress(boolean ipv4, long high, long low) {
        this.ipv4 = ipv4;
        this.high = high;
        this.low = low;
    }

    /**
     * Reads an address: {@code 192.0.2.1} or {@code 2001:db8::1}. Short, octal, hexadecimal and single-number forms of
     * IPv4, host names, brackets and zones ({@code %eth0}) are refused, because programs disagree on what they mean.
     *
     * @throws IllegalArgumentException where the text is no address; the message says how to write one
     */
    public static IpAddress parse(String text) {
        if (!LITERAL.matchesAllOf(text) || !InetAddresses.isInetAddress(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an IP address: write IPv4 as four numbers from 0 "
                            + "to 255 without leading zeros, like 192.0.2.1, or IPv6 without brackets and zone, like 2001:db8::1");
        }
        return of(InetAddresses.forString(text));
    }

    /** The address of a socket; the zone of a link-local address is left out. */
    public static IpAddress of(InetAddress address) {
        return ofBytes(address.getAddress());
    }

    /**
     * The address of these bytes in network order.
     *
     * @throws IllegalArgumentException where they are neither 4 nor 16
     */
    public static IpAddress ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case Integer.BYTES -> ofIpv4(ByteBuffer.wrap(bytes).getInt());
            case 2 * Long.BYTES -> {
                ByteBuffer words = ByteBuffer.wrap(bytes);
                yield ofIpv6(words.getLong(), words.getLong());
            }
            default -> throw new IllegalArgumentException("An IP address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    private static IpAddress ofIpv4(int bits) {
        return new IpAddress(true, (long) bits << Integer.SIZE, 0);
    }

    private static IpAddress ofIpv6(long high, long low) {
        boolean mapped = high == 0 && low >>> Integer.SIZE == MAPPED;
        return mapped ? ofIpv4((int) low) : new IpAddress(false, high, low);
    }

    /** Whether this is an IPv4 address. */
    public boolean isIpv4() {
        return ipv4;
    }

    /** How many bits an address of this family has: 32 or 128. */
    public int width() {
        return ipv4 ? Integer.SIZE : 2 * Long.SIZE;
    }

    /** The address in network order, 4 or 16 bytes. */
    public byte[] toBytes() {
        return ipv4
                ? ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) (high >>> Integer.SIZE))
                        .array()
                : ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    /** The first {@code length} bits of this address, the rest zero. */
    IpAddress network(int length) {
        return new IpAddress(ipv4, high & mask(length), low & mask(length - Long.SIZE));
    }

    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
    }

    /** The first 64 bits, filled with zeros where the address is shorter. */
    long high() {
        return high;
    }

    /** The last 64 bits of an IPv6 address, 0 for IPv4. */
    long low() {
        return low;
    }

    /** IPv4 before IPv6, then in the order of the numbers. */
    @Override
    public int compareTo(IpAddress other) {
        if (ipv4 != other.ipv4) {
            return ipv4 ? -1 : 1;
        }
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress address && address.ipv4 == ipv4 && address.high == high && address.low == low;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Boolean.hashCode(ipv4) + Long.hashCode(high)) + Long.hashCode(low);
    }

    /** The address as RFC 5952 writes it. */
    @Override
    public String toString() {
        try {
            return InetAddresses.toAddrString(InetAddress.getByAddress(toBytes()));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address has 4 or 16 bytes", impossible);
        }
    }
}
