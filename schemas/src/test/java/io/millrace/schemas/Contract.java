package io.millrace.schemas;

import io.millrace.dataset.DatasetProfile;
import io.millrace.events.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A record with its schema and golden example: every event, and what is stored as JSON. */
record Contract(String name, Class<?> type) {
    static Stream<Contract> all() {
        return Stream.concat(
                Arrays.stream(EventType.values()).map(t -> new Contract(t.eventName(), t.payload())),
                Stream.of(new Contract("dataset-profile", DatasetProfile.class)));
    }

    String schemaFile() {
        return name + ".v1.json";
    }

    String schema() {
        return resource("/schemas/" + schemaFile());
    }

    String example() {
        return resource("/examples/" + name + ".v1.json");
    }

    static String resource(String path) {
        return find(path).orElseThrow(() -> new AssertionError(path + " is missing; every event needs one"));
    }

    static Optional<String> find(String path) {
        try (InputStream in = Contract.class.getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
