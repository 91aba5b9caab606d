package org.mailflow.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailflow.testing.smtp.SmtpStage;

/** What an operator is told who asks for what there is not, or does not say for what: no mail is touched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueRefusalsTest {

    private static final String BOB = "bob@fabrikam.test";

    private OperatedServer operated;

    @BeforeAll
    void queueAMail(@TempDir Path directory) throws Exception {
        operated = new OperatedServer(directory);
        operated.fabrikam().on(SmtpStage.MAIL).reply("451 4.3.0 Come back later");
        operated.sendInVain(BOB);
    }

    @AfterAll
    void stop() throws Exception {
        operated.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /mailflow/queues/mails?queue=Fabrikan, 404, did you mean 'Fabrikam'?",
        "GET, /mailflow/queues/mails?sender=x, 400, 'sender' is not known",
        "GET, /mailflow/queues/mails?limit=many, 400, limit",
        "GET, /mailflow/queues/mails?limit=100001, 400, limit",
        "GET, /mailflow/repositories/mails?repository=error&key=Mail0, 404, there is no mail",
        "GET, /mailflow/queues/mails/Mail0, 404, is in no queue",
        "GET, /mailflow/repositories/mails?repository=eror, 404, did you mean 'error'?",
        "GET, /mailflow/repositories/mails, 400, say which",
    })
    void answersAWrongQuestionWithAProblem(String method, String path, int status, String detail) throws Exception {
        HttpResponse<String> answer = operated.webAdmin().get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains(detail.replace("'", "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"mails\":{}}", "{\"mails\":{\"ids\":[]},\"alll\":true}", "[]", "", "{\"mails\":"})
    void refusesAnActionThatDoesNotSayForWhat(String body) throws Exception {
        HttpResponse<String> answer = operated.webAdmin().post("/mailflow/queues/mails/delete", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(operated.mails("?to=" + BOB)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x' OR '1'='1", "x') OR (1=1", "%", "_", "*", "' OR JMSPriority > 0 --"})
    void takesANameForANameWhateverIsInIt(String name) throws Exception {
        CommandRun delete = operated.run("queue", "delete", "--purge", "--yes", name);

        assertThat(delete.exitCode()).isEqualTo(1);
        assertThat(delete.err()).contains("is in no queue");
        assertThat(operated.mails("?to=" + BOB)).hasSize(1);
    }
}
