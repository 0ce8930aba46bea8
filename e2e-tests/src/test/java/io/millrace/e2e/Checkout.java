package io.millrace.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files at the top of the checkout that tests are about. */
final class Checkout {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Checkout() {}

    static Path path(String relative) {
        return ROOT.resolve(relative);
    }

    static String text(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML file with its anchors and merge keys resolved. */
    static Map<String, Object> yaml(String relative) {
        return documents(relative).get(0);
    }

    /** The documents of a YAML file that are not empty. */
    static List<Map<String, Object>> documents(String relative) {
        return parsed(text(relative));
    }

    /** The documents of a YAML text that are not empty. */
    static List<Map<String, Object>> parsed(String text) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            if (document instanceof Map<?, ?> map) {
                Map<String, Object> entries = new LinkedHashMap<>();
                map.forEach((key, value) -> entries.put(key.toString(), value));
                documents.add(entries);
            }
        }
        return documents;
    }
}
