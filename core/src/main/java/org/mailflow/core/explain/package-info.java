/** Where would this mail go, and why? Asks the server's own decisions and puts their answers into words. */
@NullMarked
package org.mailflow.core.explain;

import org.jspecify.annotations.NullMarked;
