package org.mailflow.assembly.demo;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** Where a mail of the demo can be on its way. */
enum Place {
    /** A mail server somewhere on the internet that sends to contoso.com. */
    INTERNET("internet", "127.0.0.9", "client.cpandl.com"),
    /** The program in which chris or david writes a mail. */
    MAIL_PROGRAM("mail program", "127.0.0.10", "desk.contoso.com"),
    /** Contoso's own server. */
    ON_PREMISES("on-premises", "127.0.0.2", "mail.contoso.com"),
    /** The service that has Contoso's other mailboxes. */
    CLOUD("cloud", "127.0.0.3", "cloud.contoso.com"),
    /** Something in the cable between the two. */
    DEVICE("device", "127.0.0.5", "device.contoso.com"),
    /** The mail server of cpandl.com, somewhere on the internet. */
    CPANDL("cpandl.com", "127.0.0.4", "mail.cpandl.com");

    private final String word;
    private final String address;
    private final String host;

    Place(String word, String address, String host) {
        this.word = word;
        this.address = address;
        this.host = host;
    }

    /** The place of a server with this host name. */
    static Optional<Place> ofHost(String name) {
        return Arrays.stream(values()).filter(place -> place.host.equals(name)).findFirst();
    }

    /** Its loopback address. */
    String address() {
        return address;
    }

    /** Its host name. */
    String host() {
        return host;
    }

    /** Whether the server there is ours. */
    boolean isOurs() {
        return this == ON_PREMISES || this == CLOUD;
    }

    /** For people and for JSON. */
    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
