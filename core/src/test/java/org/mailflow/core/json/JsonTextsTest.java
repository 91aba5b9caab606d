package org.mailflow.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.core.explain.Explanation;
import org.mailflow.core.explain.Explanation.OfRecipient;
import org.mailflow.core.explain.Explanation.Step;
import org.mailflow.core.explain.QuestionForm;

class JsonTextsTest {

    private final JsonTexts json = new JsonTexts();

    @Test
    void readsBackWhatItWrote() throws Exception {
        Explanation explanation = new Explanation(
                7,
                List.of(
                        new OfRecipient(
                                "chris@contoso.com",
                                false,
                                "550 5.4.1 Relay Access Denied",
                                List.of(new Step("relay", "no", "because", Optional.of("mailflow.xml:1:1"))),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of()),
                        new OfRecipient(
                                "david@contoso.com",
                                true,
                                "250 2.1.5 Recipient OK",
                                List.of(),
                                Optional.of("connector contoso/cloud"),
                                Optional.of("david@contoso.mail.onmicrosoft.com"),
                                Optional.of("chris+SRS=ABCDEFGH=ABC=fabrikam.com=pat@contoso.com"),
                                Optional.of("contoso/cloud"),
                                Optional.of("opportunistic"),
                                List.of("mail.contoso.com:25"),
                                List.of())));

        String text = json.write(explanation);

        assertThat(json.read(text, Explanation.class)).isEqualTo(explanation);
        assertThat(json.read(json.writeIndented(explanation), Explanation.class))
                .isEqualTo(explanation);
    }

    @Test
    void writesAsciiAlone() {
        Step step = new Step("q", "a", "\u001B[31mred\u202E \u00FC \uD83D\uDE00", Optional.empty());

        assertThat(json.write(step)).matches("[ -~]*").contains("\\u001B[31mred\\u202E \\u00FC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"form\":\"chris@contoso.com\"}",
                "{\"from\":\"a@b.c\",\"from\":\"d@e.f\"}",
                "{\"from\":\"a@b.c\"} {}",
                "{\"to\":[null]}",
                "{\"to\":\"chris@contoso.com\"}",
                "{\"from\":1}",
                "{\"certificate\":{\"names\":[\"a.b\"]}}",
                "{\"certificate\":{\"verified\":null}}",
                "{\"certificate\":{\"verified\":\"true\"}}"
            })
    void refusesWhatIsNotExactlyTheForm(String text) {
        assertThatThrownBy(() -> json.read(text, QuestionForm.class))
                .isInstanceOf(InvalidJsonException.class)
                .message()
                .isNotBlank();
    }
}
