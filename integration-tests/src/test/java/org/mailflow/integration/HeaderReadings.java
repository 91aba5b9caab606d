package org.mailflow.integration;

import com.google.common.base.CharMatcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import javax.mail.Header;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.mailflow.testing.readers.HeaderReader;
import org.mailflow.testing.readers.ReadField;

/** What every reader there is makes of the headers of mails: Python in two ways, mailparser in two ways, and JavaMail. */
final class HeaderReadings {

    private static final CharMatcher PRINTABLE = CharMatcher.inRange('!', '~');

    private HeaderReadings() {}

    /** Reads mails, each as its bytes are; for each, by reader, the fields. */
    static List<Map<String, List<ReadField>>> of(List<byte[]> mails) throws IOException, MessagingException {
        CompletableFuture<List<Map<String, List<ReadField>>>> python =
                CompletableFuture.supplyAsync(() -> read(HeaderReader.python(), mails));
        List<Map<String, List<ReadField>>> mailparser = read(HeaderReader.mailparser(), mails);
        List<Map<String, List<ReadField>>> all = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            Map<String, List<ReadField>> readings =
                    new LinkedHashMap<>(python.join().get(i));
            readings.putAll(mailparser.get(i));
            readings.put("JavaMail", javaMail(mails.get(i)));
            all.add(readings);
        }
        return all;
    }

    private static List<Map<String, List<ReadField>>> read(HeaderReader reader, List<byte[]> mails) {
        try {
            return reader.read(mails);
        } catch (IOException e) {
            throw new IllegalStateException("the mails cannot be read", e);
        }
    }

    private static List<ReadField> javaMail(byte[] mail) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
        Map<ReadField, Integer> counts = new LinkedHashMap<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            counts.merge(new ReadField(header.getName(), header.getValue(), 1), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(one -> new ReadField(one.getKey().name(), one.getKey().value(), one.getValue()))
                .toList();
    }

    /** The name as the most lenient reader may take it: without what is not printable, in lower case. */
    static String lenient(String name) {
        return PRINTABLE.retainFrom(name).toLowerCase(Locale.ROOT);
    }
}
