/** A stock James, put together as its own applications are. */
package org.mailflow.benchmarks.stock;
