package org.mailflow.directory;

/** The entries of the directory server in tests. */
final class Contoso {

    static final String ENTRIES =
            """
            dn: ou=people,dc=contoso,dc=com
            objectClass: organizationalUnit
            ou: people

            dn: cn=Chris,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            objectClass: mailRecipient
            cn: Chris
            sn: Chris
            mail: chris@contoso.com
            proxyAddresses: smtp:info@contoso.com
            proxyAddresses: SMTP:Chris@Contoso.com
            proxyAddresses: X500:/o=Contoso/ou=Exchange/cn=chris
            proxyAddresses: SIP:chris@sip.contoso.com

            dn: cn=David,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            objectClass: mailRecipient
            cn: David
            sn: David
            mail: david@contoso.com
            targetAddress: SMTP:david@contoso.mail.onmicrosoft.com

            dn: cn=Plain,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            cn: Plain
            sn: Plain
            uid: plain
            mail: plain@contoso.com

            dn: cn=Paula,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            objectClass: mailRecipient
            cn: Paula
            sn: Paula
            mail: paula@contoso.com
            mailAlternateAddress: p.smith@contoso.com
            mailAlternateAddress: paula.smith@contoso.com
            proxyAddresses: paula@alias.contoso.com

            dn: cn=Contact,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            objectClass: mailRecipient
            cn: Contact
            sn: Contact
            targetAddress: SMTP:erin@cpandl.com

            dn: cn=Proxied,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            objectClass: mailRecipient
            cn: Proxied
            sn: Proxied
            proxyAddresses: X500:/o=Contoso/cn=proxied
            proxyAddresses: smtp:proxied@contoso.com

            dn: cn=Twin 1,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            cn: Twin 1
            sn: Twin
            mail: twin@contoso.com

            dn: cn=Twin 2,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            cn: Twin 2
            sn: Twin
            mail: twin@contoso.com

            dn: cn=Fax,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            objectClass: mailRecipient
            cn: Fax
            sn: Fax
            mail: fax@contoso.com
            targetAddress: FAX:+1 555 0100

            dn: cn=Nobody,ou=people,dc=contoso,dc=com
            objectClass: inetOrgPerson
            cn: Nobody
            sn: Nobody

            dn: ou=groups,dc=contoso,dc=com
            objectClass: organizationalUnit
            ou: groups

            dn: cn=Security,ou=groups,dc=contoso,dc=com
            objectClass: groupOfNames
            cn: Security
            member: cn=Plain,ou=people,dc=contoso,dc=com
            member: cn=Staff,ou=groups,dc=contoso,dc=com

            dn: cn=Sales,ou=groups,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Sales
            mail: sales@contoso.com
            member: cn=David,ou=people,dc=contoso,dc=com

            dn: cn=Staff,ou=groups,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Staff
            mail: staff@contoso.com
            proxyAddresses: smtp:everybody@contoso.com
            member: cn=Chris,ou=people,dc=contoso,dc=com
            member: cn=Sales,ou=groups,dc=contoso,dc=com
            member: cn=Security,ou=groups,dc=contoso,dc=com
            member: cn=Nobody,ou=people,dc=contoso,dc=com
            member: cn=Gone,ou=people,dc=contoso,dc=com
            member: cn=Staff,ou=groups,dc=contoso,dc=com

            dn: cn=Odd,ou=groups,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Odd
            mail: odd@contoso.com
            member: cn=Contact,ou=people,dc=contoso,dc=com
            member: cn=Proxied,ou=people,dc=contoso,dc=com
            member: cn=Nobody,ou=people,dc=contoso,dc=com
            member: cn=Gone,ou=people,dc=contoso,dc=com

            dn: cn=Empty,ou=groups,dc=contoso,dc=com
            objectClass: group
            objectClass: mailRecipient
            cn: Empty
            mail: empty@contoso.com

            """;

    private Contoso() {}
}
