package org.mailflow.testing.readers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A mail library of another language. Each reads a header in more than one way, as its users may; what a mail says is told for
 * each way under a name of its own.
 */
public final class HeaderReader {
    private static final long MINUTES = 4;

    private final String script;
    private final List<String> command;

    private HeaderReader(String script, String... command) {
        this.script = script;
        this.command = List.of(command);
    }

    /** The email package of Python; needs the peer {@code python3}. */
    public static HeaderReader python() {
        return new HeaderReader("read_headers.py", "python3", "-I", "-B");
    }

    /** The module mailparser of Node.js; needs the peer {@code mailparser}. */
    public static HeaderReader mailparser() {
        return new HeaderReader("read_headers.js", "node");
    }

    /**
     * Reads the headers of mails, each as its bytes are.
     *
     * @return for each mail, in order, the fields that each way of reading finds in its header
     */
    public List<Map<String, List<ReadField>>> read(List<byte[]> mails) throws IOException {
        Path directory = Files.createTempDirectory("readers");
        Path source = directory.resolve(script);
        Path input = directory.resolve("mails");
        Path output = directory.resolve("headers");
        try {
            try (InputStream text =
                    Objects.requireNonNull(HeaderReader.class.getResourceAsStream(script), "the script of a reader")) {
                Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
            }
            write(mails, input);
            run(source, input, output);
            return read(output);
        } finally {
            for (Path file : List.of(source, input, output, directory)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void write(List<byte[]> mails, Path input) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(input, StandardCharsets.US_ASCII)) {
            for (byte[] mail : mails) {
                lines.write(Base64.getEncoder().encodeToString(mail));
                lines.write('\n');
            }
        }
    }

    private void run(Path source, Path input, Path output) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.add(source.toString());
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        if (command.contains("node")) {
            builder.environment().put("NODE_PATH", NodeModules.directory().toString());
        }
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(script + " could not read the mails");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Map<String, List<ReadField>>> read(Path output) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Map<String, List<ReadField>>> headers = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(output)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, List<ReadField>> ways = new LinkedHashMap<>();
                json.readTree(line).fields().forEachRemaining(way -> ways.put(way.getKey(), fields(way.getValue())));
                headers.add(ways);
            }
        }
        return headers;
    }

    private static List<ReadField> fields(JsonNode way) {
        List<ReadField> fields = new ArrayList<>();
        way.forEach(field -> fields.add(new ReadField(
                field.get(0).textValue(), field.get(1).textValue(), field.get(2).intValue())));
        return fields;
    }
}
