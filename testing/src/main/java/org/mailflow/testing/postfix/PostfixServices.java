package org.mailflow.testing.postfix;

import java.util.Map;

/** The master.cf of the fixture: no service is in a chroot, as Debian's would be, and one port is open. */
final class PostfixServices {
    private static final String SERVICES =
            """
            # service    type       private unpriv chroot wakeup maxproc command
            pickup       unix       n       -      n      60     1       pickup
            cleanup      unix       n       -      n      -      0       cleanup
            qmgr         unix       n       -      n      300    1       qmgr
            tlsmgr       unix       -       -      n      1000?  1       tlsmgr
            tlsproxy     unix       -       -      n      -      0       tlsproxy
            rewrite      unix       -       -      n      -      -       trivial-rewrite
            bounce       unix       -       -      n      -      0       bounce
            defer        unix       -       -      n      -      0       bounce
            trace        unix       -       -      n      -      0       bounce
            verify       unix       -       -      n      -      1       verify
            flush        unix       n       -      n      1000?  0       flush
            proxymap     unix       -       -      n      -      -       proxymap
            proxywrite   unix       -       -      n      -      1       proxymap
            smtp         unix       -       -      n      -      -       smtp
            relay        unix       -       -      n      -      -       smtp
            showq        unix       n       -      n      -      -       showq
            error        unix       -       -      n      -      -       error
            retry        unix       -       -      n      -      -       error
            discard      unix       -       -      n      -      -       discard
            local        unix       -       n      n      -      -       local
            virtual      unix       -       n      n      -      -       virtual
            lmtp         unix       -       -      n      -      -       lmtp
            anvil        unix       -       -      n      -      1       anvil
            scache       unix       -       -      n      -      1       scache
            postlog      unix-dgram n       -      n      -      1       postlogd
            """;

    private PostfixServices() {}

    /** The services, with further clients by their names. */
    static String of(int port, Map<String, Map<String, String>> clients) {
        StringBuilder services = new StringBuilder(SERVICES);
        services.append("127.0.0.1:").append(port).append(" inet n - n - - smtpd\n");
        clients.forEach((name, settings) -> {
            services.append(name).append(" unix - - n - - smtp\n");
            settings.forEach((parameter, value) -> services.append("  -o ")
                    .append(parameter)
                    .append('=')
                    .append(value)
                    .append('\n'));
        });
        return services.toString();
    }
}
