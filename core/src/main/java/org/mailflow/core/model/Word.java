package org.mailflow.core.model;

/** A choice that has a word of its own in {@code mailflow.xml}. */
public interface Word {

    /** The word, as it is written in {@code mailflow.xml}. */
    String word();
}
