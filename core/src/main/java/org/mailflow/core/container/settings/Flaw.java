package org.mailflow.core.container.settings;

/**
 * What is wrong with a value.
 *
 * @param message what
 * @param remedy how to mend it
 */
public record Flaw(String message, String remedy) {}
