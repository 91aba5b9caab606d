package org.mailflow.core.model;

/** What becomes of a mail with octets beyond ASCII in its body whose next hop does not take these (RFC 6152). */
public enum EightBitConversion implements Word {
    /** Its parts are encoded; where that would break a signature, the mail is returned. */
    CONVERT("convert"),
    /** It is returned. */
    REJECT("reject");

    private final String word;

    EightBitConversion(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
