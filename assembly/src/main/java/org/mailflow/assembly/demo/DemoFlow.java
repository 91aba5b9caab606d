package org.mailflow.assembly.demo;

import java.util.List;

/**
 * One of the ways of mail in a hybrid deployment, with what must come of it.
 *
 * @param name as on the command line: F1
 * @param title what it shows
 * @param centralized whether the cloud has centralized mail transport
 * @param sender who writes
 * @param copies what must arrive, and how; one for each recipient
 */
record DemoFlow(String name, String title, boolean centralized, String sender, List<ExpectedCopy> copies) {

    private static final String CHRIS = "chris@contoso.com";
    private static final String DAVID = "david@contoso.com";
    private static final String DAVID_IN_THE_CLOUD = "david@contoso.mail.onmicrosoft.com";
    private static final String ERIN = "erin@cpandl.com";
    private static final List<String> BOTH = List.of(CHRIS, DAVID);

    /** All of them. */
    static final List<DemoFlow> ALL = List.of(
            new DemoFlow(
                    "F1",
                    "Internet mail, the MX record points to the cloud",
                    false,
                    ERIN,
                    List.of(
                            new ExpectedCopy(
                                    CHRIS, Place.ON_PREMISES, List.of(fromInternet(Place.CLOUD), toOnPremises(CHRIS))),
                            new ExpectedCopy(DAVID, Place.CLOUD, List.of(fromInternet(Place.CLOUD))))),
            new DemoFlow(
                    "F2",
                    "Internet mail, the MX record points to the cloud, centralized transport is on",
                    true,
                    ERIN,
                    List.of(
                            new ExpectedCopy(
                                    CHRIS,
                                    Place.ON_PREMISES,
                                    List.of(fromInternet(Place.CLOUD), toOnPremises(CHRIS, DAVID))),
                            new ExpectedCopy(
                                    DAVID,
                                    Place.CLOUD,
                                    List.of(fromInternet(Place.CLOUD), toOnPremises(CHRIS, DAVID), toCloud())))),
            new DemoFlow(
                    "F3",
                    "Internet mail, the MX record points to on-premises",
                    false,
                    ERIN,
                    List.of(
                            new ExpectedCopy(CHRIS, Place.ON_PREMISES, List.of(fromInternet(Place.ON_PREMISES))),
                            new ExpectedCopy(DAVID, Place.CLOUD, List.of(fromInternet(Place.ON_PREMISES), toCloud())))),
            new DemoFlow(
                    "F4",
                    "On-premises mail to the internet",
                    false,
                    CHRIS,
                    List.of(new ExpectedCopy(
                            ERIN, Place.CPANDL, List.of(fromUser(Place.ON_PREMISES), toErin(Place.ON_PREMISES))))),
            new DemoFlow(
                    "F5",
                    "Cloud mail to the internet, centralized transport is off",
                    false,
                    DAVID,
                    List.of(new ExpectedCopy(ERIN, Place.CPANDL, List.of(fromUser(Place.CLOUD), toErin(Place.CLOUD))))),
            new DemoFlow(
                    "F6",
                    "Cloud mail to the internet, centralized transport is on",
                    true,
                    DAVID,
                    List.of(new ExpectedCopy(
                            ERIN,
                            Place.CPANDL,
                            List.of(fromUser(Place.CLOUD), toOnPremises(ERIN), toErin(Place.ON_PREMISES))))));

    /** Copies the list. */
    DemoFlow {
        copies = List.copyOf(copies);
    }

    /**
     * A copy that must arrive.
     *
     * @param recipient to whom the mail was written
     * @param end where the mailbox is
     * @param hops the way to it, complete
     */
    record ExpectedCopy(String recipient, Place end, List<ExpectedHop> hops) {
        /** Copies the list. */
        ExpectedCopy {
            hops = List.copyOf(hops);
        }
    }

    /**
     * A step of the way.
     *
     * @param from the end that connects
     * @param to the end that listens
     * @param trust what they must know of each other
     * @param recipients the addresses in the envelope, complete
     */
    record ExpectedHop(Place from, Place to, Trust trust, List<String> recipients) {
        /** Copies the list. */
        ExpectedHop {
            recipients = List.copyOf(recipients);
        }

        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    private static ExpectedHop fromInternet(Place entrance) {
        return new ExpectedHop(Place.INTERNET, entrance, Trust.NONE, BOTH);
    }

    private static ExpectedHop fromUser(Place entrance) {
        return new ExpectedHop(Place.MAIL_PROGRAM, entrance, Trust.USER, List.of(ERIN));
    }

    private static ExpectedHop toOnPremises(String... recipients) {
        return new ExpectedHop(Place.CLOUD, Place.ON_PREMISES, Trust.CERTIFICATES, List.of(recipients));
    }

    private static ExpectedHop toCloud() {
        return new ExpectedHop(Place.ON_PREMISES, Place.CLOUD, Trust.CERTIFICATES, List.of(DAVID_IN_THE_CLOUD));
    }

    private static ExpectedHop toErin(Place exit) {
        return new ExpectedHop(exit, Place.CPANDL, Trust.NONE, List.of(ERIN));
    }

    /** F1. */
    static DemoFlow first() {
        return ALL.get(0);
    }

    /** Where the mail is sent from. */
    Place start() {
        return copies.get(0).hops().get(0).from();
    }

    /** The place that it is sent to: of internet mail, where the MX record of contoso.com points to. */
    Place entrance() {
        return copies.get(0).hops().get(0).to();
    }

    /** The recipients, in order. */
    List<String> recipients() {
        return copies.stream().map(ExpectedCopy::recipient).toList();
    }
}
