package org.mailflow.core.ip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A million networks and addresses as text, most of them a single bit away from a different answer. */
final class MembershipPairs {

    record Pair(String prefix, String address) {}

    private static final int NETWORKS = 100_000;
    private static final int ADDRESSES = 10;
    private static final byte[] MAPPED = HexFormat.of().parseHex("00000000000000000000ffff00000000");

    private final Random random;

    private MembershipPairs(long seed) {
        this.random = new Random(seed);
    }

    static List<Pair> generate(long seed) throws UnknownHostException {
        MembershipPairs source = new MembershipPairs(seed);
        List<Pair> pairs = new ArrayList<>(NETWORKS * ADDRESSES);
        for (int i = 0; i < NETWORKS; i++) {
            byte[] base = source.address();
            int length = source.random.nextInt(base.length * Byte.SIZE + 1);
            String prefix = source.prefix(base, length);
            for (int j = 0; j < ADDRESSES; j++) {
                pairs.add(new Pair(prefix, source.text(source.near(base, length))));
            }
        }
        return pairs;
    }

    private byte[] address() {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(bytes);
        if (bytes.length == 16 && random.nextInt(4) == 0) {
            // IPv4-compatible, and beside the mapped addresses.
            System.arraycopy(MAPPED, 0, bytes, 0, 10);
            bytes[10] = (byte) (random.nextBoolean() ? 0xff : 0);
            bytes[11] = (byte) (random.nextBoolean() ? 0xfe : 0);
        }
        return bytes;
    }

    private byte[] near(byte[] base, int length) {
        byte[] bytes = base.clone();
        int bits = bytes.length * Byte.SIZE;
        switch (random.nextInt(5)) {
            case 0 -> flip(bytes, Math.max(0, length - 1));
            case 1 -> flip(bytes, Math.min(bits - 1, length));
            case 2 -> flip(bytes, random.nextInt(bits));
            case 3 -> {
                for (int bit = length; bit < bits; bit++) {
                    if (random.nextBoolean()) {
                        flip(bytes, bit);
                    }
                }
            }
            default -> bytes = address();
        }
        return bytes;
    }

    private static void flip(byte[] bytes, int bit) {
        bytes[bit / Byte.SIZE] ^= (byte) (0x80 >>> bit % Byte.SIZE);
    }

    private String prefix(byte[] base, int length) throws UnknownHostException {
        String text = text(base);
        boolean mapped = base.length == 4 && text.indexOf(':') >= 0;
        return text + "/" + (mapped ? length + 96 : length);
    }

    private String text(byte[] bytes) throws UnknownHostException {
        String plain = InetAddress.getByAddress(bytes).getHostAddress();
        if (bytes.length == 16) {
            return random.nextBoolean() ? plain : plain.toUpperCase(Locale.ROOT);
        }
        return switch (random.nextInt(4)) {
            case 0 -> "::ffff:" + plain;
            case 1 ->
                "0:0:0:0:0:FFFF:" + HexFormat.of().formatHex(bytes, 0, 2) + ":"
                        + HexFormat.of().formatHex(bytes, 2, 4);
            default -> plain;
        };
    }
}
