package org.mailflow.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailflow.core.model.Mailflow;

class TlsDemandTest {

    @Test
    void cannotBeToldOfAMailThatWaits() {
        assertThat(TlsDemand.of(new Route.Wait())).isEmpty();
    }

    @Test
    void isNoneWithoutAConnectorOrWithoutASetting() {
        Mailflow mailflow = Contoso.mailflow();
        ConnectorNames.Outbound cloud =
                ConnectorNames.outbound(mailflow, "Contoso/to the cloud").get(0);

        assertThat(TlsDemand.of(new Route.ByMx())).contains(false);
        assertThat(TlsDemand.of(new Route.ByConnector(cloud.organization(), cloud.connector())))
                .contains(false);
    }

    @Test
    void namesAreThoseOfOneOrganizationOrOfAny() {
        Mailflow mailflow = Contoso.mailflow();

        assertThat(ConnectorNames.outbound(mailflow, "TO THE CLOUD")).hasSize(1);
        assertThat(ConnectorNames.outbound(mailflow, "fabrikam/To the cloud")).isEmpty();
        assertThat(ConnectorNames.inbound(mailflow, "To the cloud")).isEmpty();
    }

    @Test
    void onlyRoutesThatEndAreToldToTheSender() {
        assertThat(RouteFailure.of(new Route.UnknownRecipient()).map(Reply::enhancedStatus))
                .contains("5.1.10");
        assertThat(RouteFailure.of(new Route.NotPermitted()).map(Reply::code)).contains(550);
        assertThat(RouteFailure.of(new Route.Unreachable())).isEmpty();
        assertThat(RouteFailure.of(new Route.Local())).isEmpty();
    }
}
