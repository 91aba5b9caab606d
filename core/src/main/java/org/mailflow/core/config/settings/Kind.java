package org.mailflow.core.config.settings;

import java.util.List;
import java.util.function.Function;

/**
 * The form of a parameter's value.
 *
 * @param name the name of the form, as the schema has it
 * @param meaning how it is written
 * @param words the only words it may be; empty where it is no choice
 * @param parser makes the value of the text, or throws an {@link IllegalArgumentException} that says how to write it,
 *     after a colon
 * @param <T> what a value is
 */
public record Kind<T>(String name, String meaning, List<String> words, Function<String, T> parser) {

    /** Copies the words. */
    public Kind {
        words = List.copyOf(words);
    }

    /** A free form. */
    public static <T> Kind<T> of(String name, String meaning, Function<String, T> parser) {
        return new Kind<>(name, meaning, List.of(), parser);
    }

    /** Reads a value. */
    public T parse(String text) {
        return parser.apply(text);
    }
}
