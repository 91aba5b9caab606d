package org.mailflow.smtp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.PostmasterAbuseRcptHook;
import org.apache.james.protocols.smtp.core.ReceivedDataLineFilter;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.smtpserver.AddDefaultAttributesMessageHook;
import org.apache.james.smtpserver.AuthRequiredToRelayRcptHook;
import org.apache.james.smtpserver.SenderAuthIdentifyVerificationHook;
import org.junit.jupiter.api.Test;

/** What no handler of ours ever does. */
class HandlerRulesTest {

    private final JavaClasses ours = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mailflow.smtp");

    /** OK ends James' chain of hooks. The one OK is that of James' own spooling, which is handed on. */
    @Test
    void noHookAnswersOk() {
        noClasses().should().accessField(HookResult.class, "OK").check(ours);
        // To a logon OK is the only yes there is.
        noClasses()
                .that()
                .areNotAssignableTo(AuthHook.class)
                .should()
                .callMethod(HookReturnCode.class, "ok")
                .check(ours);
    }

    /** James' right to relay belongs to the session, and RSET does not take it away. */
    @Test
    void noHandlerGivesOrAsksForJamesRights() {
        noClasses()
                .should()
                .callMethod(SMTPSession.class, "setRelayingAllowed", boolean.class)
                .check(ours);
        noClasses().should().callMethod(SMTPSession.class, "isRelayingAllowed").check(ours);
    }

    @Test
    void noHandlerAsksDnsForAName() {
        noClasses().should().callMethod(InetSocketAddress.class, "getHostName").check(ours);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.james.dnsservice..")
                .check(ours);
    }

    @Test
    void theChainHasNothingOfJamesThatDecidesAboutMail() {
        List<String> handlers = new MailflowHandlers().getHandlers();

        assertThat(handlers)
                .doesNotContain(
                        AuthRequiredToRelayRcptHook.class.getName(),
                        SenderAuthIdentifyVerificationHook.class.getName(),
                        PostmasterAbuseRcptHook.class.getName(),
                        ReceivedDataLineFilter.class.getName(),
                        AddDefaultAttributesMessageHook.class.getName())
                .doesNotHaveDuplicates();
        assertThat(handlers)
                .containsSubsequence(
                        HeaderFirewallHook.class.getName(),
                        ReceivedHeaderFilter.class.getName(),
                        HopLimitHook.class.getName(),
                        StampHook.class.getName(),
                        SpoolHook.class.getName());
    }
}
