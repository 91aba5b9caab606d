package org.mailflow.core.model;

/** In which order the smart hosts of a connector are asked; Exchange's cmdlets leave it open. */
public enum SmartHostSelection implements Word {
    /** As they are written: the first one unless it is in trouble. */
    ORDERED("ordered"),
    /** Each mail begins with one of them by chance, as often as their weights say. */
    WEIGHTED("weighted"),
    /** Each mail begins with the next one. */
    ROUND_ROBIN("roundRobin");

    private final String word;

    SmartHostSelection(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
