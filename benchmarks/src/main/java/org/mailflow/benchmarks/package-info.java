/**
 * JMH benchmarks of core's decisions; each has the table sizes as parameters, to show that time does not grow. And whole
 * servers beside each other, in rounds that alternate.
 */
@NullMarked
package org.mailflow.benchmarks;

import org.jspecify.annotations.NullMarked;
