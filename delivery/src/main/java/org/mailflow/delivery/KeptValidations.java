package org.mailflow.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mailflow.core.json.InvalidJsonException;
import org.mailflow.core.json.JsonTexts;
import org.mailflow.core.validation.KeptValidation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers the last validation of each connector, over restarts too. */
public final class KeptValidations {

    private static final Logger LOGGER = LoggerFactory.getLogger(KeptValidations.class);

    private final Optional<Path> file;
    private final JsonTexts json = new JsonTexts();
    private Map<String, KeptValidation> byConnector = Map.of();

    /**
     * The file.
     *
     * @param validations one for each connector
     */
    record Form(@JsonProperty("validations") List<KeptValidation> validations) {
        Form {
            validations = List.copyOf(validations);
        }
    }

    private KeptValidations(Optional<Path> file) {
        this.file = file;
    }

    /** What a file remembers, which need not exist yet. One that cannot be read is told of, and no reason not to start. */
    public static KeptValidations in(Path file) {
        KeptValidations kept = new KeptValidations(Optional.of(file));
        if (Files.exists(file)) {
            try {
                kept.byConnector = kept.map(kept.json
                        .read(Files.readString(file, StandardCharsets.UTF_8), Form.class)
                        .validations());
            } catch (IOException | InvalidJsonException e) {
                LOGGER.warn("{} cannot be read; every connector counts as not validated: {}", file, e.getMessage());
            }
        }
        return kept;
    }

    /** Validations that do not outlive the process. */
    public static KeptValidations inMemory() {
        return new KeptValidations(Optional.empty());
    }

    /** The last one of a connector, {@code organization/connector}; empty where it never was validated. */
    public synchronized Optional<KeptValidation> of(String connector) {
        return Optional.ofNullable(byConnector.get(key(connector)));
    }

    /**
     * Remembers one. Those of connectors that are gone are forgotten.
     *
     * @param existing every connector that there is
     * @throws IOException where it cannot be written: it is not remembered then
     */
    synchronized void keep(KeptValidation validation, Collection<String> existing) throws IOException {
        Set<String> keys = existing.stream().map(KeptValidations::key).collect(Collectors.toSet());
        Map<String, KeptValidation> next = new TreeMap<>(byConnector);
        next.keySet().retainAll(keys);
        next.put(key(validation.connector()), validation);
        if (file.isPresent()) {
            byte[] content =
                    (json.writeIndented(new Form(List.copyOf(next.values()))) + "\n").getBytes(StandardCharsets.UTF_8);
            // A crash leaves the old file or the new.
            ReplacedFile.write(file.get(), content).close();
        }
        byConnector = next;
    }

    private Map<String, KeptValidation> map(List<KeptValidation> validations) {
        Map<String, KeptValidation> map = new TreeMap<>();
        validations.forEach(validation -> map.put(key(validation.connector()), validation));
        return map;
    }

    private static String key(String connector) {
        return connector.toLowerCase(Locale.ROOT);
    }
}
