package org.mailflow.assembly.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailflow.cli.MailflowCommand;
import org.mailflow.cli.Screen;
import picocli.CommandLine;

class ReportViewTest {
    @Test
    void drawsATreeForEachFlow() {
        DemoCase made = DemoCase.passing();

        String shown = show(result(List.of(), made.copies()));

        assertThat(shown)
                .isEqualTo(
                        """
                        F1  passed  Internet mail, the MX record points to the cloud  (0.8 s)
                            erin@cpandl.com writes to chris@contoso.com and david@contoso.com
                            |-- david@contoso.com has it in the mailbox in the cloud
                            |   internet -> cloud               TLSv1.3, TLS_AES_256_GCM_SHA384
                            |                                   for chris@contoso.com, david@contoso.com
                            |                                   cloud: peer without certificate
                            `-- chris@contoso.com has it in the mailbox on-premises
                                internet -> cloud               TLSv1.3, TLS_AES_256_GCM_SHA384
                                                                for chris@contoso.com, david@contoso.com
                                                                cloud: peer without certificate
                                cloud -> on-premises            TLSv1.3, TLS_AES_256_GCM_SHA384
                                                                for chris@contoso.com
                                                                cloud: connector 'To on-premises', peer verified mail.contoso.com
                                                                on-premises: connector 'From the cloud', peer verified cloud.contoso.com

                        1 of 1 passed
                        """);
    }

    @Test
    void saysWhyAFlowFailed() {
        String shown = show(result(List.of("the mail was not taken:\nS: 550 no"), List.of()));

        assertThat(shown)
                .isEqualTo(
                        """
                        F1  FAILED  Internet mail, the MX record points to the cloud  (0.8 s)
                            erin@cpandl.com writes to chris@contoso.com and david@contoso.com
                            ! the mail was not taken:
                              S: 550 no

                        0 of 1 passed
                        """);
    }

    @Test
    void tellsWhatWasSeenOnTheWay() {
        ScenarioResult seen = new ScenarioResult(
                "X1",
                "A device strips TLS",
                DemoCase.F1.sender(),
                List.of(DemoCase.CHRIS),
                "<1@cpandl.com>",
                true,
                List.of(),
                List.of("the cloud keeps the mail"),
                800,
                List.of());

        assertThat(show(seen))
                .isEqualTo(
                        """
                        X1  passed  A device strips TLS  (0.8 s)
                            erin@cpandl.com writes to chris@contoso.com
                            * the cloud keeps the mail

                        1 of 1 passed
                        """);
    }

    private static ScenarioResult result(List<String> reasons, List<Copy> copies) {
        return new ScenarioResult(
                "F1",
                DemoCase.F1.title(),
                DemoCase.F1.sender(),
                DemoCase.F1.recipients(),
                "<1@cpandl.com>",
                reasons.isEmpty(),
                reasons,
                List.of(),
                800,
                copies);
    }

    private static String show(ScenarioResult result) {
        StringWriter text = new StringWriter();
        CommandLine commandLine = MailflowCommand.commandLine();
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        commandLine.setOut(new PrintWriter(text, true));
        new ReportView(Screen.out(commandLine.getCommandSpec())).show(DemoReport.of(List.of(result), Optional.empty()));
        return text.toString();
    }
}
