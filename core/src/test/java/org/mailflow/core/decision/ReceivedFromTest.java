package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.ip.IpAddress;

class ReceivedFromTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
            from mail.a.example (203.0.113.7) by b.example (10.0.0.3) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.1; Mon, 1 Jan 2024 | 203.0.113.7
            from AM0PR01MB1.eurprd01.prod.example.com (2001:db8:2::7) by B.example (2603:10a6::2) with Microsoft SMTP Server id 15.20 | 2001:db8:2::7
            from EX1.a.example ([203.0.113.7]) by EX2.a.example ([10.0.0.2]) with mapi id 15.20 | 203.0.113.7
            from EX1.a.example (fe80::1%12) by EX2.a.example (fe80::2%3) with Microsoft SMTP Server id 15.1 | fe80::1
            from mail.a.example (mail.a.example [203.0.113.7]) by b.example (Postfix) with ESMTPS id 4f | 203.0.113.7
            from mail.a.example (unknown [203.0.113.7]) by b.example (Postfix) with ESMTP | 203.0.113.7
            from mail.a.example (mail.a.example [IPv6:2001:db8:2::7]) by b.example (Postfix) with ESMTPS | 2001:db8:2::7
            from a.example (a.example [203.0.113.7]) (using TLSv1.3 with cipher X (256/256 bits)) (Client CN "[10.0.0.1]", Issuer "x" (verified OK)) by b.example (Postfix) | 203.0.113.7
            from [192.168.1.5] (unknown [203.0.113.7]) (Authenticated sender: chris@a.example) by b.example (Postfix) | 203.0.113.7
            from [10.0.0.1] (unknown [203.0.113.7]) by b.example (Postfix) with ESMTP | 203.0.113.7
            from a.example (root@a.example [203.0.113.7] (may be forged)) by b.example (8.17.1/8.17.1) with ESMTP id x | 203.0.113.7
            from a.example ([203.0.113.7]) by b.example (8.17.1/8.17.1) with SMTP | 203.0.113.7
            from [203.0.113.7] (helo=mail.a.example) by b.example with esmtps (TLS1.3) tls X (Exim 4.96) | 203.0.113.7
            from [203.0.113.7] (helo=[10.0.0.1]) by b.example with esmtp (Exim 4.96) | 203.0.113.7
            from [203.0.113.7]:4025 (port=4025 helo=a) by b.example with esmtp (Exim 4.96) | 203.0.113.7
            from [203.0.113.7] by b.example with esmtp (Exim 4.96) | 203.0.113.7
            from [2001:db8:2::7] (helo=a) by b.example with esmtp (Exim 4.96) | 2001:db8:2::7
            from mail.a.example ([203.0.113.7]:25 helo=[10.0.0.1]) by b.example with esmtp (Exim 4.96) | 203.0.113.7
            from mail.a.example ([203.0.113.7] ident=x helo=y) by b.example with esmtp (Exim 4.96) | 203.0.113.7
            from mail.a.example ([203.0.113.7]) by b.example (Mailflow) with ESMTPS (TLSv1.3 X; peer verified m) id 1; x | 203.0.113.7
            from mail.a.example ([IPv6:2001:db8:2::7]) by b.example (Mailflow) with ESMTP id 1; x | 2001:db8:2::7
            from a.example (a.example. [203.0.113.7]) by mx.b.example with ESMTPS id x (version=TLS1_3 cipher=X) | 203.0.113.7
            from localhost (localhost [127.0.0.1]) by b.example (Postfix) with ESMTP | 127.0.0.1
            FROM a.example (b [::ffff:203.0.113.7]) BY c.example | -
            from a.example (b [::ffff:203.0.113.7]) by c.example | 203.0.113.7
            """)
    void readsWhatTheServerSaw(String header, String address) {
        assertThat(ReceivedFrom.address(header))
                .isEqualTo(
                        Optional.of(address).filter(text -> !text.equals("-")).map(IpAddress::parse));
        assertThat(ReceivedFrom.address(" " + header.replace(" (", "\r\n\t  (")))
                .isEqualTo(ReceivedFrom.address(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "by b.example (Postfix, from userid 1000) id 4f; Mon, 1 Jan 2024",
                "by 2002:a05:6000:0:b0:1 with SMTP id x; Mon, 1 Jan 2024",
                "from a.example by b.example with ESMTP",
                "from [10.0.0.1]",
                "from a.example (a.example [10.0.0.1])",
                "from a.example (a.example [10.0.0.1] by b.example",
                "from a.example (a.example) by b.example",
                "from a.example (a.example [10.0.0.999]) by b.example",
                "from a.example (a.example [010.0.0.1]) by b.example",
                "from a.example (a.example [10.1]) by b.example",
                "from a.example (10.0.0.1) (203.0.113.7) by b.example",
                "from a.example ([10.0.0.1]) ([203.0.113.7]) by b.example",
                "from a (b [10.0.0.1]) x (c [203.0.113.7]) by b.example",
                "from host (EHLO a) ([203.0.113.7]) by b.example (James)",
                "from host (EHLO [10.0.0.1]) by x) ([203.0.113.7]) by b.example (James)",
                "from host (EHLO a) ([10.0.0.1]) by x) ([203.0.113.7]) by b.example (James)",
                "from host (HELO a) (10.0.0.1) by x) (203.0.113.7) by b.example (qmail)",
                "from [10.0.0.1] (203.0.113.7) (helo=a) by b.example",
                "from [10.0.0.1] a (unknown [203.0.113.7]) by b.example",
                "x from [10.0.0.1] by b.example",
                "(from [10.0.0.1] by b.example)",
                "from a.example (b 10.0.0.1) by b.example",
                "from a.example ([10.0.0.1], [203.0.113.7]) by b.example"
            })
    void readsNothingWhereItIsNotSure(String header) {
        assertThat(ReceivedFrom.address(header)).isEmpty();
    }
}
