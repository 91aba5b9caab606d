/** Mail addresses, domains and domain patterns, as mail flow compares them. */
@NullMarked
package org.mailflow.core.address;

import org.jspecify.annotations.NullMarked;
