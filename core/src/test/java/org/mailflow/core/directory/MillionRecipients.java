package org.mailflow.core.directory;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailflow.core.address.EmailAddress;

/** A file of a million recipients with four addresses each, and a program that reads it and asks for some. */
final class MillionRecipients {

    private static final int ROWS = 1_000_000;

    private MillionRecipients() {}

    static void write(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("primaryAddress,targetAddress,proxyAddresses\n");
            for (int i = 0; i < ROWS; i++) {
                writer.write(primary(i) + "," + target(i) + ",smtp:" + alias(i) + ";smtp:" + old(i) + "\n");
            }
        }
    }

    private static String primary(int i) {
        return "Firstname.Lastname" + i + "@contoso.com";
    }

    private static String target(int i) {
        return "Firstname.Lastname" + i + "@contoso.mail.onmicrosoft.com";
    }

    private static String alias(int i) {
        return "u" + i + "@contoso.com";
    }

    private static String old(int i) {
        return "lastname.firstname" + i + "@subsidiary" + i % 100 + ".fabrikam.com";
    }

    /** Ends with an error where the file is refused, or an answer is wrong. */
    public static void main(String[] arguments) {
        CsvReading reading = CsvRecipients.read(Path.of(arguments[0]), arguments[0]);
        CsvRecipients recipients = reading.recipients().orElseThrow(() -> new AssertionError(reading.problems()));
        require(recipients.size() == ROWS);
        for (int i = 0; i < ROWS; i += 997) {
            DirectoryAnswer answer = find(recipients, primary(i));
            require(answer instanceof DirectoryAnswer.Found found
                    && found.recipient().primaryAddress().equals(EmailAddress.parse(primary(i)))
                    && found.recipient().proxyAddresses().size() == 2);
            require(find(recipients, target(i)).equals(answer));
            require(find(recipients, alias(i)).equals(answer));
            require(find(recipients, old(i)).equals(answer));
            require(find(recipients, "x" + primary(i)) instanceof DirectoryAnswer.NotFound);
        }
    }

    private static DirectoryAnswer find(CsvRecipients recipients, String address) {
        return recipients.find(EmailAddress.parse(address));
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError("a wrong answer");
        }
    }
}
