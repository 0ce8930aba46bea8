package io.millrace.scorer.core;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.runtime.codec.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Predictions as the JSON of an answer: one object per row, in order, with {@code prediction} and, for classes, {@code probabilities} by label. */
public final class PredictionJson {
    private static final ObjectMapper MAPPER = Json.mapper();

    private PredictionJson() {}

    /** The answer as UTF-8 JSON. */
    public static byte[] of(Published published, DatasetProfile profile, Matrix predictions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", published.model().name());
            json.writeStringField("event", published.event());
            json.writeStringField("run", published.model().run());
            json.writeArrayFieldStart("predictions");
            for (int row = 0; row < predictions.rows(); row++) {
                json.writeStartObject();
                if (profile.task().isClassification()) {
                    probabilities(json, profile.classes(), predictions, row);
                } else {
                    json.writeNumberField("prediction", predictions.get(row, 0));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void probabilities(JsonGenerator json, List<String> classes, Matrix predictions, int row)
            throws IOException {
        json.writeStringField("prediction", classes.get(Scoring.argMax(predictions, row)));
        json.writeObjectFieldStart("probabilities");
        for (int c = 0; c < classes.size(); c++) {
            json.writeNumberField(classes.get(c), predictions.get(row, c));
        }
        json.writeEndObject();
    }
}
