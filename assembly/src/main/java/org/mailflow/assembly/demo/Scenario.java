package org.mailflow.assembly.demo;

/** Something that the demo shows. */
interface Scenario {

    /** What it is called on the command line: F1. */
    String name();

    /** What it shows. */
    String title();

    /**
     * Plays it.
     *
     * @throws InterruptedException where the demo was stopped
     */
    ScenarioResult run(DemoStage stage) throws InterruptedException;

    /**
     * Judges once more, when everything had the time to go wrong: a copy too many may come late.
     *
     * @param result of {@link #run}
     */
    ScenarioResult lookAgain(DemoStage stage, ScenarioResult result) throws Exception;
}
