package org.mailflow.core.notification;

/** What became of a recipient, as a status notification says it (RFC 3464, 2.3.3). */
public enum DeliveryAction {
    /** It is given up. */
    FAILED("failed", "Undeliverable: ", "Delivery has failed to these recipients or groups:", "5.0.0"),
    /** It is late, and tried on. */
    DELAYED(
            "delayed",
            "Delivery delayed: ",
            "Delivery to these recipients or groups has been delayed. You need not send the message again: this server "
                    + "goes on trying, and tells you if it gives up.",
            "4.0.0"),
    /** A server has it that tells nothing of its delivery. */
    RELAYED(
            "relayed",
            "Relayed: ",
            "Delivery to these recipients or groups is complete, but no delivery notification was sent by the "
                    + "destination server:",
            "2.0.0");

    private final String word;
    private final String subjectPrefix;
    private final String introduction;
    private final String status;

    DeliveryAction(String word, String subjectPrefix, String introduction, String status) {
        this.word = word;
        this.subjectPrefix = subjectPrefix;
        this.introduction = introduction;
        this.status = status;
    }

    /** The word of the field Action. */
    public String word() {
        return word;
    }

    /** How the subject of a notification begins, in Exchange's words. */
    public String subjectPrefix() {
        return subjectPrefix;
    }

    /** How its text begins. */
    String introduction() {
        return introduction;
    }

    /** The status where nothing better is known (RFC 3463, 3.1). */
    String status() {
        return status;
    }
}
