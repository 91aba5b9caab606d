/**
 * The edge between James' values and core's. Matchers, mailets and the SMTP handlers convert addresses and mail
 * attributes here and nowhere else, so that all of them read a mail alike.
 */
@NullMarked
package org.mailflow.james;

import org.jspecify.annotations.NullMarked;
