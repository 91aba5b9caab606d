package org.mailflow.assembly.spool;

/**
 * Ends the process at once, as a crash would: an orderly end would wait for what stands still. Nothing is lost: whatever was
 * answered with 250 is in the journal.
 */
public final class HaltStandingProcess implements StandstillAction {
    /** The exit status of a process through which mail no longer flows: {@code EX_TEMPFAIL} of sysexits. */
    public static final int EXIT_STATUS = 75;

    @Override
    public void onStandstill(String complaint) {
        Runtime.getRuntime().halt(EXIT_STATUS);
    }
}
