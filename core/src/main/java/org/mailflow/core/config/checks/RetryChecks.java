package org.mailflow.core.config.checks;

import java.time.Duration;
import java.util.List;
import org.mailflow.core.config.reading.MailflowDraft;
import org.mailflow.core.config.reading.Section;
import org.mailflow.core.config.settings.OutboundConnectorSettings;
import org.mailflow.core.config.settings.Parameter;
import org.mailflow.core.config.settings.ServerElements;
import org.mailflow.core.model.Premises;
import org.mailflow.core.model.RetrySchedule;

/** When mail is tried again, where that may surprise. */
final class RetryChecks {

    private RetryChecks() {}

    static void run(MailflowDraft draft) {
        Section server = draft.server().section();
        if (isSound(
                server,
                ServerElements.RETRY_INTERVALS,
                ServerElements.MESSAGE_EXPIRATION_TIMEOUT,
                ServerElements.DELAY_NOTIFICATION_TIMEOUT)) {
            RetrySchedule schedule = draft.server().settings().retryDefaults().on(Premises.ON_PREMISES);
            if (schedule.retries() == 0) {
                server.warning(
                        ServerElements.MESSAGE_EXPIRATION_TIMEOUT,
                        "is over before the first retry: a mail is returned after one attempt",
                        "Make it longer, or begin retryIntervals with a shorter one");
            }
            toldInTime(server, ServerElements.DELAY_NOTIFICATION_TIMEOUT, schedule);
        }
        draft.organizations()
                .forEach(organization -> organization.outboundConnectors().forEach(connector -> {
                    if (isSound(
                            connector.section(),
                            OutboundConnectorSettings.MESSAGE_EXPIRATION_TIMEOUT,
                            OutboundConnectorSettings.DELAY_NOTIFICATION_TIMEOUT)) {
                        toldInTime(
                                connector.section(),
                                OutboundConnectorSettings.DELAY_NOTIFICATION_TIMEOUT,
                                connector.value().retrySchedule());
                    }
                }));
    }

    private static boolean isSound(Section section, Parameter<?>... parameters) {
        return List.of(parameters).stream().allMatch(section::isSound);
    }

    private static void toldInTime(Section section, Parameter<Duration> parameter, RetrySchedule schedule) {
        boolean inTime = schedule.delayNotificationTimeout()
                .filter(timeout -> timeout.compareTo(schedule.messageExpirationTimeout()) < 0)
                .isPresent();
        if (section.has(parameter) && schedule.delayNotificationTimeout().isPresent() && !inTime) {
            section.warning(
                    parameter,
                    "is not reached before the mail is returned: nobody is ever told that his mail is late",
                    "Make it shorter than messageExpirationTimeout, or write 0s");
        }
    }
}
