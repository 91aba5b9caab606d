package org.mailflow.core.validation;

/** What to do where a host does not take mail. */
public final class Remedies {

    private static final int LOCAL_ERROR = 400;
    private static final int PERMANENT = 500;

    private Remedies() {}

    /**
     * What to do where a session ended too early.
     *
     * @param stage how far it got
     * @param tooLong whether the host did not answer in time
     * @param limit how long it was waited for, with its unit
     */
    public static String of(Stage stage, TlsDemand demand, boolean tooLong, String limit) {
        if (tooLong && stage != Stage.CONNECT) {
            return "The host did not answer within " + limit
                    + ": look at its load and at its tarpits, or allow it more with a "
                    + "longer timeout; delivery itself waits longer";
        }
        return switch (stage) {
            case RESOLVE ->
                "Look at the name in smartHosts, and at its MX, A and AAAA records; or write its address in brackets";
            case CONNECT ->
                "See that the host runs and listens on this port, and that no firewall stands between it and this server";
            case GREETING ->
                "The host does not want a session from this server: ask its administrator to let this server's address in";
            case EHLO ->
                "The host does not take this server's name: set fqdn of the connector to a name that it accepts";
            case STARTTLS ->
                "Have the host offer STARTTLS, and see that no device between takes it out; the connector hands over no mail "
                        + "in clear text as long as it has tlsSettings " + demand;
            case TLS ->
                "See that the host speaks TLS 1.2 or 1.3, with a cipher of today, and takes the certificate that "
                        + "tlsCertificateName presents";
            case AUTH ->
                "See that the user and the password of the connector are those of an account there; where TLS is missing, have "
                        + "the host offer STARTTLS";
            default -> "Look at the host's log";
        };
    }

    /**
     * What to do where the host refuses the sender or a recipient.
     *
     * @param code of its reply
     */
    public static String ofRefusal(Stage stage, int code) {
        if (code >= LOCAL_ERROR && code < PERMANENT) {
            return "The host says \"not now\": where it only wants to see a second attempt, validate again in some minutes";
        }
        return stage == Stage.MAIL
                ? "The host does not take this sender from this server: have it recognise this server by certificate, address "
                        + "or login, or name another sender"
                : "See that the recipient exists there, and that the host relays for this server; or name another recipient";
    }
}
