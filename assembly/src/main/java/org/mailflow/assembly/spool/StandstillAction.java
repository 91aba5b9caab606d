package org.mailflow.assembly.spool;

/** What the server does when mail no longer flows through it, and {@code livenessExit} asks for its end. */
@FunctionalInterface
public interface StandstillAction {

    /**
     * Called every second as long as a queue stands still and {@code livenessExit} asks for the end. Must not throw.
     *
     * @param complaint which queue stands still, and how
     */
    void onStandstill(String complaint);
}
