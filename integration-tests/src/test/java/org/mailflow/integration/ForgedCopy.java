package org.mailflow.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mailflow.testing.readers.ReadField;
import org.mailflow.testing.smtp.MailContent;

/**
 * A copy of a mail where it ended.
 *
 * @param readings by reader, the fields that it finds in the header
 */
record ForgedCopy(ForgedMail mail, Place place, MailContent content, Map<String, List<ReadField>> readings) {

    enum Place {
        HERE,
        OTHER_PREMISES,
        INTERNET
    }

    /** A field that was forged, as a reader has it or has it not. */
    record Finding(ForgedCopy copy, ForgedField field, String reader) {

        String shape() {
            return copy.mail().shape().description();
        }

        /** Whether the reader finds the field, however lenient he is. */
        boolean isFound() {
            return copy.read(reader).stream().anyMatch(field::isIn);
        }

        /** What a name says to the reader. */
        List<String> values(String name) {
            return copy.values(reader, name);
        }

        @Override
        public String toString() {
            return copy.place() + ", " + copy.mail().source() + ", " + field.name() + ", " + reader;
        }
    }

    /** Every one of its fields, with every reader. */
    Stream<Finding> findings() {
        return readings.keySet().stream()
                .flatMap(reader -> mail.fields().stream().map(field -> new Finding(this, field, reader)));
    }

    private List<ReadField> read(String reader) {
        return readings.getOrDefault(reader, List.of());
    }

    /** What a reader has for a name, as often as it is there. */
    List<String> values(String reader, String name) {
        String wanted = HeaderReadings.lenient(name);
        List<String> values = new ArrayList<>();
        for (ReadField field : read(reader)) {
            if (HeaderReadings.lenient(field.name()).equals(wanted)) {
                for (int i = 0; i < field.count(); i++) {
                    values.add(field.value().strip());
                }
            }
        }
        return values;
    }

    /** What each reader has for a name. */
    Stream<List<String>> values(String name) {
        return readings.keySet().stream().map(reader -> values(reader, name));
    }

    /** The names of all fields, in lower case. */
    Stream<String> names() {
        return readings.values().stream().flatMap(List::stream).map(field -> HeaderReadings.lenient(field.name()));
    }
}
