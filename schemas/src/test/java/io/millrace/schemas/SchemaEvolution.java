package io.millrace.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares two versions of a set of schemas. Within a major version only optional additions are allowed: a reader of the
 * older version must understand what a newer writer writes, and the other way round.
 */
final class SchemaEvolution {
    private static final List<String> FIXED = List.of("type", "const", "format", "pattern");
    private static final List<String> LIMITS = List.of(
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems");
    private static final List<String> NESTED = List.of("items", "additionalProperties", "propertyNames");

    private final Map<String, JsonNode> before;
    private final Map<String, JsonNode> after;
    private final List<String> breaks = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private SchemaEvolution(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        this.before = before;
        this.after = after;
    }

    /** What a newer set of schemas (by file name) breaks; empty when it only adds what is optional. */
    static List<String> breaks(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        SchemaEvolution evolution = new SchemaEvolution(before, after);
        before.keySet().forEach(evolution::compareFile);
        return List.copyOf(evolution.breaks);
    }

    private void compareFile(String file) {
        if (!after.containsKey(file)) {
            breaks.add(file + " was removed");
            return;
        }
        if (before.get(file).has("type")) {
            compare(file, new Place(file, before.get(file)), new Place(file, after.get(file)));
        }
    }

    private void compare(String path, Place oldPlace, Place newPlace) {
        Place was = resolve(before, oldPlace);
        Place is = resolve(after, newPlace);
        if (is.node().isMissingNode()) {
            breaks.add(path + " was removed");
            return;
        }
        if (!compared.add(path)) {
            return;
        }
        compareWords(path, was.node(), is.node());
        was.node()
                .path("properties")
                .properties()
                .forEach(p -> compare(
                        path + "." + p.getKey(),
                        was.at(p.getValue()),
                        is.at(is.node().path("properties").path(p.getKey()))));
        for (String word : NESTED) {
            if (was.node().path(word).isObject()) {
                compare(
                        path + "." + word,
                        was.at(was.node().get(word)),
                        is.at(is.node().path(word)));
            }
        }
        for (int i = 0; i < was.node().path("oneOf").size(); i++) {
            compare(
                    path + ".oneOf" + i,
                    was.at(was.node().get("oneOf").get(i)),
                    is.at(is.node().path("oneOf").path(i)));
        }
    }

    private void compareWords(String path, JsonNode was, JsonNode is) {
        for (String word : FIXED) {
            if (!was.path(word).equals(is.path(word))) {
                breaks.add(path + " has another " + word + ": " + was.path(word) + ", now " + is.path(word));
            }
        }
        for (String word : LIMITS) {
            if (is.has(word) && !is.get(word).equals(was.path(word))) {
                breaks.add(path + " has a new " + word + ": " + is.get(word));
            }
        }
        Set<String> needed = texts(was.path("required"));
        Set<String> nowNeeded = texts(is.path("required"));
        nowNeeded.stream()
                .filter(r -> !needed.contains(r))
                .forEach(r -> breaks.add(path + "." + r + " is newly required"));
        needed.stream()
                .filter(r -> !nowNeeded.contains(r))
                .forEach(r -> breaks.add(path + "." + r + " is no longer required, which older readers rely on"));
        Set<String> constants = texts(is.path("enum"));
        texts(was.path("enum")).stream()
                .filter(c -> !constants.contains(c))
                .forEach(c -> breaks.add(path + " no longer knows " + c));
        if (was.path("enum").isMissingNode() && is.has("enum")) {
            breaks.add(path + " is newly limited to " + is.get("enum"));
        }
    }

    /** A schema and the file that its references are relative to. */
    private record Place(String file, JsonNode node) {
        Place at(JsonNode inner) {
            return new Place(file, inner);
        }
    }

    private static Place resolve(Map<String, JsonNode> files, Place place) {
        if (!place.node().has("$ref")) {
            return place;
        }
        String[] reference = place.node().get("$ref").asText().split("#", 2);
        String file = reference[0].isEmpty() ? place.file() : reference[0];
        JsonNode root = files.get(file);
        if (root == null) {
            throw new IllegalArgumentException("reference to " + file + ", which is not among the schemas");
        }
        return resolve(files, new Place(file, reference.length == 1 ? root : root.requiredAt(reference[1])));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }
}
