/** What is installed is tested as it is installed. */
@NullMarked
package org.mailflow.distribution;

import org.jspecify.annotations.NullMarked;
