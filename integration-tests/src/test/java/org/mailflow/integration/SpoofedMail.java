package org.mailflow.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.mailflow.testing.smtp.SmtpDialogue;
import org.mailflow.testing.smtp.SmtpReply;

/**
 * A mail with header fields before its own.
 *
 * @param headers each with its line end
 */
record SpoofedMail(TestMail mail, String headers) {

    /** All that would make a mail internal if its sender were believed. */
    static final String SAYS_IT_IS_INTERNAL =
            """
            X-MS-Exchange-Organization-AuthAs: Internal
            X-MS-Exchange-Organization-AuthSource: mail.contoso.com
            X-MS-Exchange-Organization-SCL: -1
            X-MS-Exchange-Organization-MessageDirectionality: Originating
            X-MS-Exchange-CrossPremises-AuthAs: Internal
            X-MS-Exchange-CrossPremises-AuthSource: mail.contoso.com
            X-MS-Exchange-CrossPremises-SCL: -1
            X-CrossPremisesHeadersPromoted: mail.contoso.com
            X-OrganizationHeadersPreserved: mail.contoso.com
            """
                    .replace("\n", "\r\n");

    static SpoofedMail internal(String sender, String... recipients) {
        return new SpoofedMail(TestMail.of(sender, recipients), SAYS_IT_IS_INTERNAL);
    }

    /** The same, and from another organization. */
    SpoofedMail of(String organization) {
        return new SpoofedMail(mail, "X-OriginatorOrg: " + organization + "\r\n" + headers);
    }

    /** Sends it in a session that was greeted. */
    SmtpReply sendIn(SmtpDialogue smtp) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(headers.getBytes(US_ASCII));
        content.writeBytes(mail.content());
        return smtp.sendMail(mail.sender(), mail.recipients(), content.toByteArray());
    }
}
