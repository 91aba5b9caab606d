package org.mailflow.core.config.settings;

import java.util.Optional;

/**
 * A parameter of an element: an attribute, or a child element with the value as its text.
 *
 * @param name its name in {@code mailflow.xml}
 * @param kind the form of a value
 * @param occurs how many values it has, and how they are written
 * @param required whether it must be written
 * @param defaultText what holds where it is not written: a value of its kind, or in words where that depends on others;
 *     empty where then nothing holds
 * @param fixedDefault whether {@code defaultText} is a value, not words
 * @param meaning what it is for
 * @param cmdlet the cmdlet parameter that it translates; empty where it is our own
 * @param <T> what a value is
 */
public record Parameter<T>(
        String name,
        Kind<T> kind,
        Occurs occurs,
        boolean required,
        String defaultText,
        boolean fixedDefault,
        String meaning,
        String cmdlet) {

    /** How many values a parameter has, and how they are written. */
    public enum Occurs {
        /** One, in one element or attribute. */
        ONCE,
        /** Several, separated by commas or white space; the element may be repeated. */
        LIST,
        /** Several, an element for each. */
        REPEATED
    }

    /** One that is written once at most, and need not be. */
    public static <T> Parameter<T> one(String name, Kind<T> kind, String meaning) {
        return new Parameter<>(name, kind, Occurs.ONCE, false, "", false, meaning, "");
    }

    /** One with several values in one element. */
    public static <T> Parameter<T> list(String name, Kind<T> kind, String meaning) {
        return new Parameter<>(name, kind, Occurs.LIST, false, "", false, meaning, "");
    }

    /** One with an element for each value. */
    public static <T> Parameter<T> repeated(String name, Kind<T> kind, String meaning) {
        return new Parameter<>(name, kind, Occurs.REPEATED, false, "", false, meaning, "");
    }

    /** The same; it has no default. */
    public Parameter<T> mustBeWritten() {
        return new Parameter<>(name, kind, occurs, true, "", false, meaning, cmdlet);
    }

    /** The same with a default, as it would be written. */
    public Parameter<T> byDefault(String value) {
        return new Parameter<>(name, kind, occurs, false, value, true, meaning, cmdlet);
    }

    /** The same; the default depends on other parameters, and the reader knows how. */
    public Parameter<T> byDefaultInWords(String words) {
        return new Parameter<>(name, kind, occurs, false, words, false, meaning, cmdlet);
    }

    Parameter<T> of(String cmdletParameter) {
        return new Parameter<>(name, kind, occurs, required, defaultText, fixedDefault, meaning, cmdletParameter);
    }

    /** The default, where it depends on nothing. */
    public Optional<T> defaultValue() {
        return fixedDefault && occurs == Occurs.ONCE ? Optional.of(kind.parse(defaultText)) : Optional.empty();
    }
}
