package org.mailflow.core.address;

/**
 * What a connector's domain list may hold (cmdlet parameters RecipientDomains, SenderDomains): a domain, a domain with
 * all its sub-domains, or everything.
 */
public sealed interface DomainPattern {

    /** {@code *}: every domain. */
    record Any() implements DomainPattern {
        @Override
        public boolean matches(DomainName domain) {
            return true;
        }

        @Override
        public String toString() {
            return "*";
        }
    }

    /**
     * {@code *.contoso.com}: contoso.com and every sub-domain of it.
     *
     * @param root contoso.com
     */
    record WithSubDomains(DomainName root) implements DomainPattern {
        @Override
        public boolean matches(DomainName domain) {
            return domain.equals(root) || domain.isSubDomainOf(root);
        }

        @Override
        public String toString() {
            return "*." + root;
        }
    }

    /**
     * {@code contoso.com}: this domain and no other.
     *
     * @param domain contoso.com
     */
    record Exact(DomainName domain) implements DomainPattern {
        @Override
        public boolean matches(DomainName other) {
            return domain.equals(other);
        }

        @Override
        public String toString() {
            return domain.value();
        }
    }

    /** Whether the domain is one that this pattern stands for. */
    boolean matches(DomainName domain);

    /**
     * Reads {@code *}, {@code *.contoso.com} or {@code contoso.com}.
     *
     * @throws IllegalArgumentException where the text is none of them, for example {@code sales.*.com}
     */
    static DomainPattern parse(String text) {
        if (text.equals("*")) {
            return new Any();
        }
        if (text.startsWith("*.")) {
            return new WithSubDomains(DomainName.parse(text.substring(2)));
        }
        if (text.contains("*")) {
            throw new IllegalArgumentException("'" + text
                    + "' has a wildcard inside: write *, *.contoso.com (with all sub-domains) or contoso.com");
        }
        return new Exact(DomainName.parse(text));
    }
}
