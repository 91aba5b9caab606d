package org.mailflow.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Optional;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.LdapFilter;
import org.mailflow.core.directory.LdapSettings;
import org.mailflow.core.directory.LdapSettings.Attributes;

/** Finds the entry that has an address. Addresses come from strangers: they are values in it, and never syntax. */
final class AddressFilter {

    private static final String SMTP = "smtp:";

    private final Attributes attributes;
    private final Optional<LdapFilter> configured;

    AddressFilter(LdapSettings settings) {
        this.attributes = settings.attributes();
        this.configured = settings.filter();
    }

    Filter of(EmailAddress address) throws LDAPException {
        String text = address.toString();
        if (configured.isEmpty()) {
            return Filter.createORFilter(
                    Filter.createEqualityFilter(attributes.mail(), text),
                    Filter.createEqualityFilter(attributes.proxyAddresses(), SMTP + text),
                    Filter.createEqualityFilter(attributes.proxyAddresses(), text),
                    Filter.createEqualityFilter(attributes.targetAddress(), SMTP + text),
                    Filter.createEqualityFilter(attributes.targetAddress(), text));
        }
        // In one pass, so that what an address brings along is not taken for a place to fill in.
        String template = configured.get().template();
        StringBuilder filter = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith(LdapFilter.ADDRESS, at)) {
                filter.append(Filter.encodeValue(text));
                at += LdapFilter.ADDRESS.length();
            } else if (template.startsWith(LdapFilter.LOCAL_PART, at)) {
                filter.append(Filter.encodeValue(address.localPart()));
                at += LdapFilter.LOCAL_PART.length();
            } else if (template.startsWith(LdapFilter.DOMAIN, at)) {
                filter.append(Filter.encodeValue(address.domain().value()));
                at += LdapFilter.DOMAIN.length();
            } else {
                filter.append(template.charAt(at));
                at++;
            }
        }
        return Filter.create(filter.toString());
    }
}
