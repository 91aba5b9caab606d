package org.mailflow.core.operation;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The file system of the data directory.
 *
 * @param directory the data directory
 * @param free bytes that the server may still write
 * @param total bytes in all
 */
public record DiskSpace(
        @JsonProperty("directory") String directory,
        @JsonProperty("free") long free,
        @JsonProperty("total") long total) {

    /** What is free, of a hundred. */
    public int percentFree() {
        return total <= 0 ? 100 : (int) (free * 100.0 / total);
    }
}
