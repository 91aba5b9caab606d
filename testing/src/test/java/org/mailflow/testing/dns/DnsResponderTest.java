package org.mailflow.testing.dns;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

class DnsResponderTest {
    private final DnsResponder responder = new DnsResponder(new DnsRecords());

    @Property
    void survivesAnyBytes(@ForAll @Size(max = 600) byte[] query) {
        responder.respond(query, false).ifPresent(response -> assertThat(response.length)
                .isLessThanOrEqualTo(1232));
    }

    @Property
    void survivesADamagedQuery(@ForAll @Size(max = 8) byte[] damage, @ForAll int position) throws TextParseException {
        byte[] query = Message.newQuery(Record.newRecord(Name.fromString("mail.contoso.com."), Type.MX, DClass.IN))
                .toWire();
        for (int i = 0; i < damage.length; i++) {
            query[Math.floorMod(position + i, query.length)] = damage[i];
        }

        responder.respond(query, true).ifPresent(response -> assertThat(response)
                .hasSizeGreaterThanOrEqualTo(12));
    }
}
