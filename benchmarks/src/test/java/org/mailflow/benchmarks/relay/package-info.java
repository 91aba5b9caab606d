@NullMarked
package org.mailflow.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
