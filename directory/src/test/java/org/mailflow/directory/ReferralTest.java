package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer.Found;
import org.mailflow.core.directory.Expansion;
import org.mailflow.testing.ldap.Slapd;

/** A member in another domain of a forest is another server's: the others receive their mail, and somebody is told. */
class ReferralTest {

    private static final String ELSEWHERE = "cn=Erin,dc=emea,dc=example";

    @Test
    void aMemberThatAnotherServerHoldsIsSkipped() throws Exception {
        try (InMemoryServer server = new InMemoryServer(new Elsewhere());
                LdapDirectory directory = Ldap.at(server.url()).open()) {
            String member = server.addUser(1);
            server.add(
                    "dn: cn=Staff," + Slapd.BASE_DN,
                    "objectClass: group",
                    "cn: Staff",
                    "mail: staff@contoso.com",
                    "member: " + ELSEWHERE,
                    "member: " + member);

            Found found = (Found) directory.find(EmailAddress.parse("staff@contoso.com"));

            Expansion expansion = found.recipient().expansion().orElseThrow();
            assertThat(expansion.members()).containsExactly(EmailAddress.parse("user1@contoso.com"));
            assertThat(expansion.skipped())
                    .containsExactly(ELSEWHERE + ": is held by another server, which is not asked");
            assertThat(directory.trouble()).isEmpty();
        }
    }

    private static final class Elsewhere extends InMemoryOperationInterceptor {
        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
            if (request.getRequest().getBaseDN().equals(ELSEWHERE)) {
                throw new LDAPException(
                        ResultCode.REFERRAL, "not here", null, new String[] {"ldap://emea.example/" + ELSEWHERE});
            }
        }
    }
}
