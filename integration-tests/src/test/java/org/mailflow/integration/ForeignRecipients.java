package org.mailflow.integration;

import java.util.List;

/**
 * Recipients of no organization here, as they may be written to slip through: what stands behind RCPT TO: in the session. Some
 * server behind this one might follow each of them to cpandl.com.
 */
final class ForeignRecipients {

    static final List<String> ALL = List.of(
            "<erin@cpandl.com>",
            "<ERIN@CPANDL.COM>",
            "<postmaster@cpandl.com>",
            "<abuse@cpandl.com>",
            "<erin%cpandl.com@contoso.com>",
            "<erin%cpandl.com>",
            "<cpandl.com!erin>",
            "<cpandl.com!erin@contoso.com>",
            "<\"erin@cpandl.com\"@contoso.com>",
            "<\"erin%cpandl.com\"@contoso.com>",
            "<\"erin@cpandl.com\">",
            "<@contoso.com:erin@cpandl.com>",
            "<@contoso.com,@mail.contoso.com:erin@cpandl.com>",
            "<erin@cpandl.com@contoso.com>",
            "<contoso.com!erin%cpandl.com@contoso.com>",
            "<erin@[127.0.0.4]>",
            "<erin@[IPv6:::1]>",
            "<erin@[IPv6:::ffff:127.0.0.4]>",
            "<erin@127.0.0.4>",
            "<erin@2130706436>",
            "<erin@#2130706436>",
            "<erin@localhost>",
            "<erin@mail.contoso.com>",
            "<erin@cpandl.com.>",
            "<chris@contoso.com.>",
            "<chris@.contoso.com>",
            "<erin@sub.contoso.com>",
            "<erin@contoso.com.cpandl.com>",
            "<chris@contoso.com%cpandl.com>",
            "<chris@contoso.com\0.cpandl.com>",
            "<chris@contoso.com cpandl.com>",
            "<chris@contoso.com\t.cpandl.com>",
            "<chris@contoso.com,erin@cpandl.com>",
            "<chris@contoso.com;erin@cpandl.com>",
            "<chris@contoso.com:erin@cpandl.com>",
            "<chris@contoso.com|erin@cpandl.com>",
            "<erin(chris@contoso.com)@cpandl.com>",
            "<erin@cpandl.com(contoso.com)>",
            "<erin@cpandl.com> <chris@contoso.com>",
            "<erin@cpandl.com><chris@contoso.com>",
            "<<erin@cpandl.com>>",
            "<erin@cpandl.com",
            "< erin@cpandl.com>",
            "erin@cpandl.com",
            "<\"a\\,b\"@contoso.com>",
            "<a\\,b@contoso.com>",
            "<\"\"@cpandl.com>",
            "<erin@cpandl\u00e3\u0080\u0082com>",
            "<erin@cpandl.com> NOTIFY=NEVER",
            "<erin@cpandl.com> ORCPT=rfc822;chris@contoso.com",
            "<>");

    /** The plainer ones. */
    static final List<String> SOME = ALL.subList(0, 16);

    private ForeignRecipients() {}
}
