package org.mailflow.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.mailflow.core.model.SmartHostAuthentication;

/**
 * Logs on to a host (RFC 4954): by PLAIN (RFC 4616), or by LOGIN where the host offers no better. Whatever the host answers
 * says nothing of a mail: a wrong password is trouble with the host, and mail waits until somebody has mended it.
 */
final class Logon {

    private static final int DONE = 235;
    private static final int GO_ON = 334;

    private final SmtpConnection connection;
    private final SmartHostAuthentication account;

    Logon(SmtpConnection connection, SmartHostAuthentication account) {
        this.connection = connection;
        this.account = account;
    }

    /**
     * Logs on.
     *
     * @param offered what the host offers behind AUTH in its answer to EHLO
     * @throws HostTrouble where it offers no mechanism, or refuses the account
     */
    void run(String offered) throws IOException, HostTrouble {
        List<String> mechanisms = List.of(offered.toUpperCase(Locale.ROOT).split(" +"));
        SmtpReply reply;
        if (mechanisms.contains("PLAIN")) {
            reply = connection.command("AUTH PLAIN " + base64("\0" + account.user() + "\0" + account.password()));
        } else if (mechanisms.contains("LOGIN")) {
            reply = login();
        } else {
            throw new HostTrouble(HostTrouble.LOGON + account + ": the host offers neither AUTH PLAIN nor LOGIN");
        }
        if (reply.code() != DONE) {
            throw new HostTrouble(HostTrouble.LOGON + account + ": " + reply);
        }
    }

    private SmtpReply login() throws IOException {
        SmtpReply reply = connection.command("AUTH LOGIN");
        if (reply.code() == GO_ON) {
            reply = connection.command(base64(account.user()));
        }
        return reply.code() == GO_ON ? connection.command(base64(account.password())) : reply;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
