/**
 * What the validation of an outbound connector asks and finds (cmdlet Validate-OutboundConnector). Records and pure functions;
 * {@code delivery} speaks with the hosts, WebAdmin and the commands show what it heard.
 */
@NullMarked
package org.mailflow.core.validation;

import org.jspecify.annotations.NullMarked;
