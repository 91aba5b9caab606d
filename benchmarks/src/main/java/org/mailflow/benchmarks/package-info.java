/**
 * JMH benchmarks of core's decisions; each has the table sizes as parameters, to show that time does not grow. And whole
 * servers beside each other, in rounds that alternate; their relay from end to end is in {@code relay}.
 */
@NullMarked
package org.mailflow.benchmarks;

import org.jspecify.annotations.NullMarked;
