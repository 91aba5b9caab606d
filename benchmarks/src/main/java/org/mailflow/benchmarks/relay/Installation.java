package org.mailflow.benchmarks.relay;

import java.nio.file.Path;
import java.util.List;

/**
 * A Java server as it was built.
 *
 * @param classPath what it is run from
 * @param shippedConfiguration the directory of configuration files to begin with
 * @param javaOptions of its JVM
 */
record Installation(String classPath, Path shippedConfiguration, List<String> javaOptions) {}
