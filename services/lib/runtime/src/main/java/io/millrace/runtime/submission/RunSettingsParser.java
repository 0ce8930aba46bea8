package io.millrace.runtime.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.configuration.Configuration;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.RunSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what a user asks for, from texts (headers, form fields, options) or from a JSON side file. The keys are
 * {@code target, budget, trials, metric, task, seed, holdout, folds, timeColumn, families}; case, hyphens and underscores in a
 * key do not matter. Every problem is reported together. Without budget and trials the budget is {@link #DEFAULT_BUDGET}.
 */
public final class RunSettingsParser {
    /** What a run may take when nobody says. */
    public static final Duration DEFAULT_BUDGET = Duration.ofMinutes(5);

    private static final int LONGEST_SIDE_FILE = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RunSettingsParser() {}

    /** Reads settings given as texts; throws an {@link InvalidSettingsException} that lists every problem. */
    public static RunSettings parse(Map<String, String> texts) {
        return parse(texts, new ArrayList<>());
    }

    /** Whether a key is one of a setting; foreign headers can be told apart by it. */
    public static boolean isSetting(String key) {
        return SettingTexts.known(key).isPresent();
    }

    /** Reads a JSON object whose values are texts and numbers; throws like {@link #parse}. */
    public static RunSettings parseJson(byte[] json) {
        if (json.length > LONGEST_SIDE_FILE) {
            throw new InvalidSettingsException(List.of("the settings are longer than 64 KiB; write an object such as "
                    + "{\"target\": \"price\", \"budget\": \"5m\"}"));
        }
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new InvalidSettingsException(List.of("the settings are no JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new InvalidSettingsException(List.of("the settings are no JSON: " + e.getMessage()));
        }
        if (!root.isObject()) {
            throw new InvalidSettingsException(List.of(
                    "the settings must be one JSON object such as {\"target\": \"price\", \"budget\": \"5m\"}"));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        root.properties().forEach(property -> {
            JsonNode value = property.getValue();
            if (value.isTextual() || value.isNumber()) {
                texts.put(property.getKey(), value.asText());
            } else if (value.isArray() && property.getKey().equals("families")) {
                texts.put(
                        property.getKey(),
                        value.valueStream().map(JsonNode::asText).collect(Collectors.joining(",")));
            } else if (!value.isNull()) {
                problems.add(property.getKey() + " must be a text or a number, not " + value.getNodeType());
            }
        });
        return parse(texts, problems);
    }

    private static RunSettings parse(Map<String, String> texts, List<String> problems) {
        SettingTexts settings = SettingTexts.of(texts, problems);
        Optional<String> target = settings.text("target");
        Optional<Task> task = settings.constant("task", Task.class);
        Optional<Metric> metric = settings.constant("metric", Metric.class);
        Optional<Duration> budget = settings.budget("budget");
        Optional<Integer> trials = settings.count("trials", 1, 10_000);
        long seed = settings.parsed("seed", "a whole number", Long::parseLong).orElse(0L);
        Optional<Double> holdout = settings.share("holdout", 0.5);
        Optional<Integer> folds = settings.count("folds", 2, 50);
        Optional<String> timeColumn = settings.text("timeColumn");
        Optional<List<String>> families = settings.names("families", Configuration.FAMILIES);
        if (settings.given("budget") && settings.given("trials")) {
            problems.add(
                    "budget and trials exclude each other: a run is bounded by time or by trials; give one of them");
        }
        if (task.isPresent() && metric.isPresent() && !metric.get().fits(task.get())) {
            problems.add("metric " + metric.get().wireName() + " cannot score the task "
                    + SettingTexts.wireName(task.get()) + "; leave one of them out or take one of "
                    + SettingTexts.wireNames(Metric.class, m -> m.fits(task.get())));
        }
        if (target.isPresent() && target.equals(timeColumn)) {
            problems.add("timeColumn is the target; name the column that holds the time of a row");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        Optional<Duration> bound = budget.isPresent() || trials.isPresent() ? budget : Optional.of(DEFAULT_BUDGET);
        return new RunSettings(target, task, metric, bound, trials, seed, holdout, folds, timeColumn, families);
    }
}
