package org.mailflow.assembly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.mailflow.assembly.dns.FileNames;
import org.mailflow.core.model.Mailflow;
import org.mailflow.core.validation.ConnectorValidation;
import org.mailflow.core.validation.OfflineValidator;
import org.mailflow.core.validation.ValidationPlan;
import org.mailflow.delivery.ConnectorProbe;
import org.mailflow.delivery.DeliverySettings;

/** Tries connectors from this process, with the server's own delivery. */
final class OfflineProbe implements OfflineValidator {

    @Override
    public ConnectorValidation validate(Path configuration, Mailflow mailflow, ValidationPlan plan) throws IOException {
        return new ConnectorProbe(
                        FileNames.of(configuration, System.getenv()), DeliverySettings.DEFAULT, Clock.systemUTC())
                .run(mailflow, plan);
    }
}
