package org.mailflow.core.decision;

import org.mailflow.core.address.EmailAddress;

/**
 * A sender of ours (MAIL FROM) for a copy of a stranger's mail that leaves.
 *
 * @param address what comes back to it is handed on to the first sender, or to the organization's postmaster
 * @param reason why the copy gets it
 */
public record NewSender(EmailAddress address, Reason reason) {}
