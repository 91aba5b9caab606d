package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page of replies and the constants together, in both directions. */
class RepliesPageTest {

    private static final Path PAGE = Path.of("..", "docs", "replies.md");
    private static final Path TESTS = Path.of("..", "smtp", "src", "test", "java", "org", "mailflow", "smtp");
    private static final Pattern ROW = Pattern.compile("\\| `([0-9]{3} [^`]+)` \\| [^|]+ \\| [^|]+ \\| ([^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private record Row(String reply, List<String> tests) {}

    @Test
    void pageHasEveryReplyThatIsGivenAndNoOther() throws Exception {
        List<String> given =
                new ArrayList<>(List.of(Reply.blocked("$ConnectingIP").toString()));
        for (Field field : Reply.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                given.add(String.valueOf(field.get(null)));
            }
        }

        assertThat(rows()).extracting(Row::reply).containsExactlyInAnyOrderElementsOf(given);
    }

    @Test
    void everyReplyHasATestThatProvokesIt() throws Exception {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.tests()).isNotEmpty();
            assertThat(row.tests()).allSatisfy(test -> assertThat(TESTS.resolve(test + ".java"))
                    .exists());
        });
    }

    private static List<Row> rows() throws IOException {
        String given = Files.readString(PAGE).split("\n## ", -1)[1];
        return given.lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(
                        row.group(1),
                        NAME.matcher(row.group(2))
                                .results()
                                .map(name -> name.group(1))
                                .toList()))
                .toList();
    }
}
