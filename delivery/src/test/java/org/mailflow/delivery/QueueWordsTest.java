package org.mailflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.apache.james.queue.api.MailQueueName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailflow.core.operation.OperationException;
import org.mailflow.core.operation.QueueKind;
import org.mailflow.james.SampleConnector;
import org.mailflow.james.SampleFlow;

class QueueWordsTest {

    @ParameterizedTest
    @CsvSource({
        "mailflow-mx, mx",
        "mailflow-out-contoso.to_20the_20cloud, contoso/to the cloud",
        "mailflow-out-m_c3_bcller.b_2fc_2ed, m\u00fcller/b/c.d",
        "mailflow-out-odd, mailflow-out-odd",
        "spool, spool",
        "mailflow-out-a.b_zz_, a/b_zz_",
    })
    void saysWhatAnOperatorCallsAQueue(String name, String word) {
        assertThat(QueueNames.word(MailQueueName.of(name))).isEqualTo(word);
    }

    @Test
    void findsAQueueByItsWordOrByTheNameOfItsConnector() throws Exception {
        QueueWords words = words();

        assertThat(words.find("contoso/Partner").kind()).isEqualTo(QueueKind.CONNECTOR);
        assertThat(words.find("PARTNER").word()).isEqualTo("contoso/Partner");
        assertThat(words.find("MX").kind()).isEqualTo(QueueKind.MX);
        assertThat(words.find("spool").kind()).isEqualTo(QueueKind.SPOOL);
        assertThat(words.find("old way").kind()).isEqualTo(QueueKind.GONE);
    }

    @Test
    void tellsTheNearestWordWhereThereIsNoSuchQueue() {
        QueueWords words = words();

        assertThatThrownBy(() -> words.find("partnre"))
                .isInstanceOf(OperationException.class)
                .hasMessage("there is no queue 'partnre'; did you mean 'Partner'?");
        assertThatThrownBy(() -> words.find("something else"))
                .hasMessageStartingWith("there is no queue 'something else'; there are 'spool', ");
    }

    private static QueueWords words() {
        return QueueWords.of(
                SampleFlow.contoso()
                        .outbound(SampleConnector.named("Partner")
                                .domains("fabrikam.com")
                                .smartHosts("[127.0.0.1]:25"))
                        .snapshot(1),
                Set.of("mailflow-out-contoso.old_20way"));
    }
}
