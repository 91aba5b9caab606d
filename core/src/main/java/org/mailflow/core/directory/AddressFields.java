package org.mailflow.core.directory;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailflow.core.address.DomainName;
import org.mailflow.core.address.EmailAddress;
import org.mailflow.core.directory.CsvHeader.Column;

/**
 * Reads fields with addresses as Exchange writes them: {@code SMTP:} or {@code smtp:} may stand before each; in
 * proxyAddresses, addresses of other kinds (X500, X400, SIP, EUM, …) are passed over.
 */
final class AddressFields {

    private static final Pattern WORD = Pattern.compile("[^\\s;]+|;");
    private static final Pattern KIND = Pattern.compile("([A-Za-z][A-Za-z0-9.-]*):");
    private static final int LONGEST = 320;
    private static final char REPLACEMENT = '\uFFFD';

    private final CappedProblems problems;
    // A file has few domains and many addresses: most of the time of reading one would go into domains.
    private final Map<String, DomainName> domains = new HashMap<>();

    AddressFields(CappedProblems problems) {
        this.problems = problems;
    }

    /** The address of a field that holds one; empty where the field is blank or wrong. */
    Optional<EmailAddress> single(Column column, CsvRow.Field field, int line) {
        String text = field.text().strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean marked = text.regionMatches(true, 0, "smtp:", 0, "smtp:".length());
        return parse(marked ? text.substring("smtp:".length()) : text, column, line, field.column());
    }

    /** The addresses of proxyAddresses, separated by blanks or semicolons. */
    Set<EmailAddress> proxies(CsvRow.Field field, int line) {
        Set<EmailAddress> addresses = new LinkedHashSet<>();
        boolean smtp = true;
        boolean separated = true;
        Matcher words = WORD.matcher(field.text());
        while (words.find()) {
            String word = words.group();
            int column = field.column() + words.start();
            Matcher kind = KIND.matcher(word);
            boolean marked = kind.lookingAt();
            if (marked) {
                smtp = kind.group(1).toLowerCase(Locale.ROOT).equals("smtp");
            } else if (!smtp && separated && word.indexOf('@') >= 0) {
                smtp = true;
            }
            // The rest of an X500 or X400 address may hold blanks and semicolons, but an address in it is none of its
            // own.
            if (smtp && !word.equals(";")) {
                parse(marked ? word.substring(kind.end()) : word, Column.PROXIES, line, column)
                        .ifPresent(addresses::add);
            } else if (!marked && word.indexOf('@') >= 0) {
                problems.error(
                        line,
                        column,
                        Column.PROXIES.title(),
                        "'" + shorten(word) + "' could be an address or the end of the one before it",
                        "Write a semicolon or smtp: before it");
            }
            separated = word.equals(";");
        }
        return addresses;
    }

    private Optional<EmailAddress> parse(String text, Column column, int line, int columnNumber) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("'" + shorten(text)
                        + "' is too long for an address: one has at most " + LONGEST + " characters");
            }
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            String remedy = isDamaged(text)
                    ? "Save the file as UTF-8, and write addresses in ASCII"
                    : "Mend the address or take it out";
            problems.error(line, columnNumber, column.title(), String.valueOf(e.getMessage()), remedy);
            return Optional.empty();
        }
    }

    private EmailAddress parse(String text) {
        int at = text.lastIndexOf('@');
        return at < 0
                ? EmailAddress.parse(text)
                : new EmailAddress(
                        text.substring(0, at), domains.computeIfAbsent(text.substring(at + 1), DomainName::parse));
    }

    /** Whether the text came from bytes that are no UTF-8. */
    static boolean isDamaged(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
