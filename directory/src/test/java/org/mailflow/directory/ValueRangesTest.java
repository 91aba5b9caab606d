package org.mailflow.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.DirectoryAnswer.Found;
import org.mailflow.core.directory.Expansion;
import org.mailflow.testing.ldap.Slapd;

/** Active Directory gives the values of an attribute in ranges, which slapd never does. */
class ValueRangesTest {

    private static final int MEMBERS = 7;
    private static final int AT_A_TIME = 3;
    private static final String GROUP = "cn=Staff," + Slapd.BASE_DN;

    @Test
    void readsAGroupToItsLastMember() throws Exception {
        try (InMemoryServer server = new InMemoryServer(new Ranges());
                LdapDirectory directory = Ldap.at(server.url()).open()) {
            for (int i = 0; i < MEMBERS; i++) {
                server.addUser(i);
            }
            server.add("dn: " + GROUP, "objectClass: group", "cn: Staff", "mail: staff@contoso.com");

            Found found = (Found) directory.find(EmailAddress.parse("staff@contoso.com"));

            assertThat(found.recipient().expansion())
                    .contains(new Expansion(IntStream.range(0, MEMBERS)
                            .mapToObj(i -> EmailAddress.parse("user" + i + "@contoso.com"))
                            .toList()));
        }
    }

    private static String member(int number) {
        return "cn=User " + number + "," + Slapd.BASE_DN;
    }

    /** Gives three members of the group at a time. */
    private static final class Ranges extends InMemoryOperationInterceptor {

        private static final Pattern WANTED = Pattern.compile("member;range=([0-9]+)-\\*");

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
            if (!found.getSearchEntry().getDN().equals(GROUP)) {
                return;
            }
            Matcher wanted = WANTED.matcher(String.join(" ", found.getRequest().getAttributeList()));
            int first = wanted.find() ? Integer.parseInt(wanted.group(1)) : 0;
            int end = Math.min(first + AT_A_TIME, MEMBERS);
            List<String> members = IntStream.range(first, end)
                    .mapToObj(ValueRangesTest::member)
                    .toList();
            String range = "member;range=" + first + "-" + (end == MEMBERS ? "*" : Integer.toString(end - 1));
            found.setSearchEntry(new Entry(
                    GROUP,
                    new Attribute("objectClass", "group"),
                    new Attribute("mail", "staff@contoso.com"),
                    new Attribute(range, members)));
        }
    }
}
