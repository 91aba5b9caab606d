package org.mailflow.benchmarks.relay;

/**
 * What a system did in one round of a cell.
 *
 * @param mails that were accepted
 * @param perSecond mails a second, from the begin of the first submission to the arrival of the last mail
 * @param cpuMillis processor time of all processes of the system per mail
 * @param p50 median latency in milliseconds, from the begin of a submission to the arrival of the mail
 * @param p99 of the same
 * @param peakKib the most memory of all processes of the system
 * @param lost accepted, and never arrived
 * @param duplicates arrived once more
 * @param damaged arrived with less than was sent
 * @param refusals temporary ones that were answered by trying again
 * @param note what else is worth telling; may be empty
 */
record Measurement(
        int mails,
        double perSecond,
        double cpuMillis,
        double p50,
        double p99,
        long peakKib,
        int lost,
        int duplicates,
        int damaged,
        int refusals,
        String note) {

    double peakMib() {
        return peakKib / 1024.0;
    }

    /** Whether every mail arrived whole and once. */
    boolean isSound() {
        return lost == 0 && duplicates == 0 && damaged == 0;
    }
}
