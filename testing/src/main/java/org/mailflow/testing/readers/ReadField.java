package org.mailflow.testing.readers;

/**
 * A header field as a reader read it.
 *
 * @param name as the reader has it
 * @param value decoded as far as the reader decodes it
 * @param count how often the mail has the field with this value
 */
public record ReadField(String name, String value, int count) {}
