package org.mailflow.core.ip;

/**
 * Narrows the search in a sorted list of numbers to a few of them: the way from the first number to the last is cut into
 * about as many equal buckets as there are numbers, so that the search does not slow down as the list grows.
 */
final class Buckets {

    private final long base;
    private final int shift;
    // Where the numbers of a bucket begin; those of the last end where the list ends.
    private final int[] begin;

    /** Takes unsigned numbers in order. */
    Buckets(long[] numbers) {
        int count = numbers.length;
        base = count == 0 ? 0 : numbers[0];
        long span = count == 0 ? 0 : numbers[count - 1] - base;
        shift = Math.max(0, bits(span) - bits(count));
        int last = (int) (span >>> shift);
        begin = new int[last + 2];
        int bucket = 0;
        for (int i = 0; i < count; i++) {
            while (bucket < (numbers[i] - base) >>> shift) {
                begin[++bucket] = i;
            }
        }
        begin[last + 1] = count;
    }

    private static int bits(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number);
    }

    /** Whether the number is less than all in the list. */
    boolean isBefore(long number) {
        return Long.compareUnsigned(number, base) < 0;
    }

    /** The bucket of a number that is not less than all in the list. */
    int of(long number) {
        long bucket = (number - base) >>> shift;
        int last = begin.length - 2;
        return Long.compareUnsigned(bucket, last) < 0 ? (int) bucket : last;
    }

    /** The first index of a bucket. */
    int begin(int bucket) {
        return begin[bucket];
    }

    /** The index after the last of a bucket. */
    int end(int bucket) {
        return begin[bucket + 1];
    }
}
