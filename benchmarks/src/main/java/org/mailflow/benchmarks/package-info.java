/** JMH benchmarks of core's decisions; each has the table sizes as parameters, to show that time does not grow. */
@NullMarked
package org.mailflow.benchmarks;

import org.jspecify.annotations.NullMarked;
