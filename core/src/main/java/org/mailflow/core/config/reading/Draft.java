package org.mailflow.core.config.reading;

/**
 * A part of the model as far as it could be read, with the element it was read from. Where a parameter is missing or
 * broken the value has a harmless one in its place; {@link Section#isSound} tells.
 *
 * @param value the part
 * @param section its element
 * @param <T> what it is a part of
 */
public record Draft<T>(T value, Section section) {}
