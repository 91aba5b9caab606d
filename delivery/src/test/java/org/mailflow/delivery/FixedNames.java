package org.mailflow.delivery;

import java.util.List;
import org.mailflow.core.ip.IpAddress;

/** Every domain is this machine. */
record FixedNames() implements Names {

    @Override
    public Answer<String> mailExchangers(String domain) {
        return new Answer.None<>(true);
    }

    @Override
    public Answer<IpAddress> addresses(String host) {
        return new Answer.Found<>(List.of(IpAddress.parse("127.0.0.1")));
    }
}
