package org.mailflow.benchmarks.relay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java server as it was built.
 *
 * @param classPath what it is run from
 * @param shippedConfiguration the directory of configuration files to begin with
 * @param javaOptions of its JVM
 */
record Installation(String classPath, Path shippedConfiguration, List<String> javaOptions) {

    /** The same with an option more. */
    Installation with(String javaOption) {
        List<String> options = new ArrayList<>(javaOptions);
        options.add(javaOption);
        return new Installation(classPath, shippedConfiguration, options);
    }

    /** The same, recorded by Java Flight Recorder into a file until it ends. */
    Installation profiled(Path file) {
        return with("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file.toAbsolutePath());
    }
}
