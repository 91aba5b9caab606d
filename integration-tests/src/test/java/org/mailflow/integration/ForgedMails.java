package org.mailflow.integration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every forged field in every shape, from every source that is not believed; and from the one that is, in every shape that is a
 * field for every reader.
 */
record ForgedMails(List<ForgedField> fields, List<ForgedShape> shapes, List<ForgedMail> all) {

    /**
     * The mails of the test resources.
     *
     * @param together how many fields a mail has, of shapes that allow several. They are far from each other in the table, so that
     *     none of them is about the same as another
     */
    static ForgedMails of(int together) throws IOException {
        List<ForgedField> fields = ForgedField.all();
        List<ForgedShape> shapes = ForgedShape.all();
        List<ForgedMail> all = new ArrayList<>();
        for (ForgerySource source : ForgerySource.values()) {
            boolean isBelieved = source == ForgerySource.CLOUD;
            for (ForgedShape shape : shapes) {
                // Where the other premises is not believed for one field, it is not for the others either.
                boolean isAlone = shape.isOfOneField() || (isBelieved && shape.outcome() == ForgedShape.Outcome.WORD);
                if (!isBelieved || shape.isField()) {
                    for (List<ForgedField> some : dealt(fields, isAlone ? 1 : together)) {
                        all.add(new ForgedMail(all.size(), source, shape, some));
                    }
                }
            }
        }
        return new ForgedMails(fields, shapes, List.copyOf(all));
    }

    private static List<List<ForgedField>> dealt(List<ForgedField> fields, int together) {
        int hands = fields.size() / together;
        return IntStream.range(0, hands)
                .mapToObj(hand -> IntStream.range(0, fields.size())
                        .filter(i -> i % hands == hand)
                        .mapToObj(fields::get)
                        .toList())
                .toList();
    }

    List<ForgedMail> from(ForgerySource source) {
        return all.stream().filter(mail -> mail.source() == source).toList();
    }
}
