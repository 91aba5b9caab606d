/**
 * The embedded database that holds users, mailboxes and mail repositories.
 */
@NullMarked
package org.mailflow.assembly.database;

import org.jspecify.annotations.NullMarked;
