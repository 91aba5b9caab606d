package org.mailflow.testing.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Certificates that a peer may present, honest ones and traps, for a judge that trusts {@link #trusted}. */
public final class CertificateCases {
    private static final String PEER = "mail.p.example";
    private static final String WILDCARD = "*.p.example";
    private static final String VERIFIED = "verified";
    private static final String NO_CHAIN = "its chain ends at no trusted certificate";
    private static final String TOO_SHORT = "too short";

    private final CertificateAuthority root = CertificateAuthority.create("Trusted");
    private final CertificateAuthority rsaRoot =
            CertificateAuthority.create("Trusted, RSA", order -> order.rsaKey(2048));
    private final CertificateAuthority weakRoot =
            CertificateAuthority.create("Trusted, and weak", order -> order.rsaKey(1024));
    private final CertificateAuthority impostor = CertificateAuthority.create("Trusted");
    private final CertificateAuthority intermediate = root.intermediate("Intermediate");
    private final List<CertificateCase> cases = new ArrayList<>();

    private CertificateCases() {}

    /** Makes them; keys take a second or two. */
    public static CertificateCases create() {
        CertificateCases made = new CertificateCases();
        made.names();
        made.commonNames();
        made.termsAndUses();
        made.chains();
        made.algorithms();
        made.pins();
        return made;
    }

    /** The authorities that the judge trusts. */
    public Set<X509Certificate> trusted() {
        return Set.of(root.certificate(), rsaRoot.certificate(), weakRoot.certificate());
    }

    public List<CertificateCase> all() {
        return List.copyOf(cases);
    }

    private CertificateOrder order() {
        return root.order("x");
    }

    private Credentials sanOf(String... names) {
        return order().dnsNames(names).issue();
    }

    private void add(String title, Credentials presented, String name, String judgement, boolean isProven) {
        cases.add(CertificateCase.of(title, presented, name, judgement, isProven));
    }

    private void names() {
        add("exact name", sanOf(PEER), PEER, VERIFIED, true);
        add("upper case in the certificate", sanOf("MAIL.P.EXAMPLE"), PEER, VERIFIED, true);
        add("one of several names", sanOf("a.example", PEER, "b.example"), PEER, VERIFIED, true);
        add("another name", sanOf("mail.q.example"), PEER, VERIFIED, false);
        add("a name below", sanOf("a.mail.p.example"), PEER, VERIFIED, false);
        add("a name above", sanOf("p.example"), PEER, VERIFIED, false);
        add("a name that ends alike", sanOf("xmail.p.example"), PEER, VERIFIED, false);
        add("a name that begins alike", sanOf("mail.p.example.evil.test"), PEER, VERIFIED, false);
        add("wildcard in the certificate", sanOf(WILDCARD), PEER, VERIFIED, true);
        add("wildcard for two labels", sanOf(WILDCARD), "a.b.p.example", VERIFIED, false);
        add("wildcard for the domain itself", sanOf(WILDCARD), "p.example", VERIFIED, false);
        add("wildcard in the connector, wildcard in the certificate", sanOf(WILDCARD), WILDCARD, VERIFIED, true);
        add("wildcard in the connector, one label in the certificate", sanOf(PEER), WILDCARD, VERIFIED, true);
        add("wildcard in the connector, two labels", sanOf("a.b.p.example"), WILDCARD, VERIFIED, false);
        add("wildcard in the connector, the domain itself", sanOf("p.example"), WILDCARD, VERIFIED, false);
        add("wildcard of a top-level domain", sanOf("*.example"), "p.example", VERIFIED, false);
        add("nothing but a wildcard", sanOf("*"), PEER, VERIFIED, false);
        add("wildcard within a label", sanOf("m*.p.example"), PEER, VERIFIED, false);
        add("wildcard within a label, for a wildcard", sanOf("m*.p.example"), WILDCARD, VERIFIED, false);
        add("wildcard before letters", sanOf("*p.example"), "p.example", VERIFIED, false);
        add("wildcard in the second label", sanOf("mail.*.example"), PEER, VERIFIED, false);
        add("two wildcards", sanOf("*.*.example"), PEER, VERIFIED, false);
        add("NUL in the name", sanOf(PEER + "\0.evil.test"), PEER, "no host name", false);
        add("NUL in another name", sanOf(PEER, PEER + "\0.evil.test"), PEER, "no host name", false);
        add("blank in the name", sanOf(PEER + " "), PEER, "no host name", false);
        add("letters of another script", sanOf("m\u00e4il.p.example"), "xn--mil-qla.p.example", "no host name", false);
        add("A-label", sanOf("xn--mil-qla.p.example"), "xn--mil-qla.p.example", VERIFIED, true);
        add("dot at the end", sanOf(PEER + "."), PEER, VERIFIED, false);
        add("dot in front", sanOf(".p.example"), WILDCARD, VERIFIED, false);
        add("IP address only", order().ipAddress("127.0.0.99").issue(), PEER, VERIFIED, false);
        add("URI only", order().uri("https://" + PEER).issue(), PEER, VERIFIED, false);
        add("mail address only", order().mailAddress("postmaster@" + PEER).issue(), PEER, VERIFIED, false);
        add("name of an unknown kind only", order().otherName(PEER).issue(), PEER, VERIFIED, false);
        add(
                "alternative name that cannot be read",
                order().brokenAlternativeName().issue(),
                PEER,
                "be read",
                false);
    }

    private void commonName(String title, Credentials presented, boolean isProven) {
        cases.add(CertificateCase.of(title, presented, PEER, VERIFIED, isProven).withCommonName());
    }

    private void commonNames() {
        add("common name only", root.order(PEER).issue(), PEER, VERIFIED, false);
        add("no name at all", order().subject("O=Nobody").issue(), PEER, VERIFIED, false);
        commonName("common name, allowed", root.order("Mail.P.Example").issue(), true);
        commonName(
                "common name beside another alternative name",
                root.order(PEER).dnsNames("a.test").issue(),
                false);
        commonName(
                "common name beside an IP address",
                root.order(PEER).ipAddress("127.0.0.99").issue(),
                false);
        commonName(
                "common name beside a URI",
                root.order(PEER).uri("https://a.test").issue(),
                false);
        commonName(
                "CN= within another attribute",
                order().subject("O=\"x,CN=" + PEER + "\",CN=a.test").issue(),
                false);
        commonName(
                "CN= in the common name",
                order().subject("CN=\"a.test,CN=" + PEER + "\"").issue(),
                false);
        commonName(
                "two common names", order().subject("CN=" + PEER + ",CN=a.test").issue(), false);
        commonName(
                "two common names in one",
                order().subject("CN=" + PEER + "+CN=a.test").issue(),
                false);
        commonName("common name with NUL", root.order(PEER + "\0.evil.test").issue(), false);
        commonName("common name with a blank", root.order(PEER + " a.test").issue(), false);
        CertificateAuthority held = root.intermediate("Held to a.test", order -> order.permittedDnsName("a.test"));
        commonName(
                "common name of an authority that is held to others",
                held.order(PEER).issue(),
                false);
        cases.add(CertificateCase.of(
                        "common name, and an alternative name that cannot be read",
                        root.order(PEER).brokenAlternativeName().issue(),
                        PEER,
                        "be read",
                        false)
                .withCommonName());
    }

    private void termsAndUses() {
        add("expired", order().dnsNames(PEER).expired().issue(), PEER, "expired", false);
        add("not yet valid", order().dnsNames(PEER).notYetValid().issue(), PEER, "not valid before", false);
        add("for servers only", order().dnsNames(PEER).forServersOnly().issue(), PEER, VERIFIED, true);
        add("for clients only", order().dnsNames(PEER).forClientsOnly().issue(), PEER, VERIFIED, true);
        add("for every use", order().dnsNames(PEER).withoutPurpose().issue(), PEER, VERIFIED, true);
        add("for code only", order().dnsNames(PEER).forCodeOnly().issue(), PEER, "extended key usage", false);
        Credentials authority = order().dnsNames(PEER).asAuthority().issue();
        add("an authority's own", authority, PEER, "key usage", false);
    }

    private void chains() {
        add("self-signed", CertificateOrder.selfSigned(PEER).dnsNames(PEER).issue(), PEER, NO_CHAIN, false);
        add("unknown authority of the same name", impostor.issue(PEER), PEER, NO_CHAIN, false);
        add("with its intermediate", intermediate.issue(PEER), PEER, VERIFIED, true);
        add("without its intermediate", intermediate.issue(PEER).leafOnly(), PEER, NO_CHAIN, false);
        Credentials strangers = impostor.issue(PEER);
        Credentials mixed = new Credentials(
                strangers.privateKey(),
                List.of(strangers.certificate(), sanOf(PEER).certificate()));
        add("a stranger's, and a good one behind it", mixed, PEER, NO_CHAIN, false);
        CertificateAuthority last = root.intermediate("Last", order -> order.asAuthority(0));
        add("the last authority's", last.issue(PEER), PEER, VERIFIED, true);
        add("behind the last authority", last.intermediate("Too many").issue(PEER), PEER, NO_CHAIN, false);
        Credentials leaf = sanOf("a.test");
        CertificateAuthority none = root.intermediate("None", order -> order.asNoAuthority());
        add("signed by what is no authority", none.issue(PEER), PEER, NO_CHAIN, false);
        CertificateAuthority held = root.intermediate("Held", order -> order.permittedDnsName("q.example"));
        add("name that its authority is not allowed", held.issue(PEER), PEER, NO_CHAIN, false);
        add("name that its authority is allowed", held.issue("mail.q.example"), "mail.q.example", VERIFIED, true);
        add("another peer's good certificate", leaf, PEER, VERIFIED, false);
        CertificateAuthority late = root.intermediate("Late", CertificateOrder::expired);
        add("of an expired intermediate", late.issue(PEER), PEER, NO_CHAIN, false);
    }

    private void algorithms() {
        CertificateOrder md5 = rsaRoot.order("x").dnsNames(PEER).digest("MD5");
        add("signed by MD5", md5.issue(), PEER, "MD5withRSA", false);
        add(
                "signed by SHA-1 with RSA",
                rsaRoot.order("x").dnsNames(PEER).digest("SHA1").issue(),
                PEER,
                "SHA1",
                false);
        add("signed by SHA-1 with ECDSA", order().dnsNames(PEER).digest("SHA1").issue(), PEER, "SHA1", false);
        add("signed by SHA-384", order().dnsNames(PEER).digest("SHA384").issue(), PEER, VERIFIED, true);
        add("RSA-2048", order().dnsNames(PEER).rsaKey(2048).issue(), PEER, VERIFIED, true);
        add("RSA-1024", order().dnsNames(PEER).rsaKey(1024).issue(), PEER, TOO_SHORT, false);
        CertificateAuthority weak = root.intermediate("Weak", order -> order.rsaKey(1024));
        add("of an intermediate with RSA-1024", weak.issue(PEER), PEER, TOO_SHORT, false);
        CertificateAuthority old = root.intermediate("Old", order -> order.digest("SHA1"));
        add("of an intermediate signed by SHA-1", old.issue(PEER), PEER, "SHA1", false);
        add("of a trusted authority with RSA-1024", weakRoot.issue(PEER), PEER, TOO_SHORT, false);
    }

    private void pinned(String title, Credentials presented, String judgement, boolean isProven, String... pins) {
        cases.add(
                CertificateCase.of(title, presented, PEER, judgement, isProven).pinnedBy(pins));
    }

    private void pins() {
        Credentials own = CertificateOrder.selfSigned(PEER).dnsNames(PEER).issue();
        Credentials other = CertificateOrder.selfSigned(PEER).dnsNames(PEER).issue();
        pinned("self-signed, its key is pinned", own, NO_CHAIN, true, own.keyPin());
        pinned("self-signed, it is pinned itself", own, NO_CHAIN, true, own.fingerprint());
        pinned("self-signed, one of several pins", own, NO_CHAIN, true, other.keyPin(), own.keyPin());
        pinned("self-signed, another is pinned", own, NO_CHAIN, false, other.keyPin(), other.fingerprint());
        pinned("verified, another is pinned", sanOf(PEER), VERIFIED, false, other.keyPin());
        Credentials strangers = impostor.issue(PEER);
        pinned("of an unknown authority, and pinned", strangers, NO_CHAIN, true, strangers.keyPin());
        pinned(
                "its authority is pinned",
                strangers,
                NO_CHAIN,
                false,
                impostor.credentials().keyPin());
        Credentials renamed =
                CertificateOrder.selfSigned("x").dnsNames("a.test").issue();
        pinned("pinned, with another name", renamed, NO_CHAIN, false, renamed.keyPin());
        cases.add(CertificateCase.of("pinned, whatever its name", renamed, PEER, NO_CHAIN, true)
                .pinnedBy(renamed.keyPin())
                .withoutName());
        Credentials expired =
                CertificateOrder.selfSigned(PEER).dnsNames(PEER).expired().issue();
        pinned("pinned, and expired", expired, "expired", false, expired.keyPin());
        Credentials code =
                CertificateOrder.selfSigned(PEER).dnsNames(PEER).forCodeOnly().issue();
        pinned("pinned, and for code only", code, "extended key usage", false, code.keyPin());
        Credentials weak =
                CertificateOrder.selfSigned(PEER).dnsNames(PEER).rsaKey(1024).issue();
        pinned("pinned, with RSA-1024", weak, TOO_SHORT, false, weak.keyPin());
        Credentials named = CertificateOrder.selfSigned(PEER).issue();
        pinned("pinned, common name only", named, NO_CHAIN, false, named.keyPin());
    }
}
