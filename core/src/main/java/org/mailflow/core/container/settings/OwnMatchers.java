package org.mailflow.core.container.settings;

import java.util.List;
import java.util.Optional;

/** The matchers of Mailflow: who writes one enters it here, or the server does not start with it. */
public final class OwnMatchers {

    /** Where they all are. */
    public static final String PACKAGE = "org.mailflow.matchers.";

    /** Mail over TLS. */
    public static final MatcherSpec RECEIVED_OVER_TLS = matcher("ReceivedOverTls", Conditions::tlsVersion);

    /** Mail of a connector. */
    public static final MatcherSpec SENT_BY_CONNECTOR = matcher("SentByConnector", Conditions::inboundConnector);

    /** Mail that leaves over TLS. */
    public static final MatcherSpec TLS_IS_REQUIRED = matcher("TlsIsRequired", Conditions::outboundConnector);

    /** Mail from a partner's servers. */
    public static final MatcherSpec SENDER_IS_IN_PARTNER_IP_RANGE =
            matcher("SenderIsInPartnerIpRange", Conditions::connectorsAndAddresses);

    /** Recipients in the cloud. */
    public static final MatcherSpec RECIPIENT_IS_CLOUD = withoutCondition("RecipientIsCloud");

    /** Recipients on-premises. */
    public static final MatcherSpec RECIPIENT_IS_ON_PREMISES = withoutCondition("RecipientIsOnPremises");

    /** Recipients elsewhere. */
    public static final MatcherSpec RECIPIENT_IS_EXTERNAL = withoutCondition("RecipientIsExternal");

    /** Mail inside of the organization. */
    public static final MatcherSpec MAIL_IS_INTERNAL = withoutCondition("MailIsInternal");

    /** All of them. */
    public static final List<MatcherSpec> ALL = List.of(
            RECEIVED_OVER_TLS,
            SENT_BY_CONNECTOR,
            TLS_IS_REQUIRED,
            SENDER_IS_IN_PARTNER_IP_RANGE,
            RECIPIENT_IS_CLOUD,
            RECIPIENT_IS_ON_PREMISES,
            RECIPIENT_IS_EXTERNAL,
            MAIL_IS_INTERNAL);

    private OwnMatchers() {}

    /** The one of this class. */
    public static Optional<MatcherSpec> named(String className) {
        return ALL.stream().filter(spec -> spec.className().equals(className)).findFirst();
    }

    private static MatcherSpec matcher(String name, MatcherSpec.Rule rule) {
        return new MatcherSpec(PACKAGE + name, rule);
    }

    private static MatcherSpec withoutCondition(String name) {
        return matcher(name, (condition, mailflow) -> Conditions.none(name, condition));
    }
}
