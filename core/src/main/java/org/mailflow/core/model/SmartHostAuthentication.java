package org.mailflow.core.model;

/**
 * The account by which the server logs on to the smart hosts of a connector (RFC 4954; cmdlet New-SendConnector, parameters
 * SmartHostAuthMechanism and AuthenticationCredential).
 *
 * @param requireTls whether the password goes over TLS alone
 * @param user the account
 * @param password its password
 */
public record SmartHostAuthentication(boolean requireTls, String user, String password) {

    /** Without the password, which belongs in no log. */
    @Override
    public String toString() {
        return user;
    }
}
