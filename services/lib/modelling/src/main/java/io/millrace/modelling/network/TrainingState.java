package io.millrace.modelling.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.score.StepPredictions;
import io.millrace.modelling.table.Matrix;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training between two steps: with it, and with the job that it belongs to, another goes on as if it had never paused. Its
 * parts: {@code progress.json}, {@code training.f32} (weights, their moving averages, and what the optimizer remembers) and
 * {@code best.f32} (the weights of the best epoch); of few validation rows also {@code steps.matrix} (what the epochs predicted).
 *
 * @param points the learning curve so far; the order of the batches follows from its length and the seed
 * @param best index of its best point
 * @param steps optimizer steps so far
 * @param draws how often each source of randomness was drawn from
 * @param loss sum of the losses of the epoch under way; 0 between two epochs
 */
record TrainingState(List<Point> points, int best, int steps, List<Long> draws, double loss) {
    private static final String PROGRESS = "progress.json";
    private static final String TRAINING = "training.f32";
    private static final String BEST = "best.f32";
    private static final String STEPS = "steps.matrix";
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    /** The parts of a checkpoint. */
    Map<String, byte[]> parts(List<float[]> numbers, float[] bestWeights, Optional<StepPredictions> predictions) {
        try {
            Map<String, byte[]> parts = new HashMap<>();
            parts.put(PROGRESS, JSON.writeValueAsBytes(this));
            parts.put(TRAINING, FloatBytes.of(numbers));
            parts.put(BEST, FloatBytes.of(List.of(bestWeights)));
            if (!points.isEmpty()) {
                predictions.ifPresent(p -> parts.put(STEPS, p.toMatrix().toBytes()));
            }
            return parts;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a learning curve must be writable as JSON", e);
        }
    }

    /** Sets predictions to what the parts hold of them; throws an IllegalArgumentException where these are not those of the points. */
    void restore(StepPredictions predictions, Map<String, byte[]> parts) {
        if (points.isEmpty()) {
            return;
        }
        if (!parts.containsKey(STEPS)) {
            throw new IllegalArgumentException(
                    "not a checkpoint of few validation rows: it has the parts " + parts.keySet());
        }
        predictions.restore(points.size(), Matrix.fromBytes(parts.get(STEPS)));
    }

    /**
     * Reads what {@link #parts} wrote, and fills the arrays.
     *
     * @throws IllegalArgumentException where the parts are none of a checkpoint, or of one of another network
     */
    static TrainingState restore(Map<String, byte[]> parts, List<float[]> numbers, float[] bestWeights) {
        if (!parts.keySet().containsAll(List.of(PROGRESS, TRAINING, BEST))) {
            throw new IllegalArgumentException("not a checkpoint: it has the parts " + parts.keySet());
        }
        FloatBytes.into(numbers, parts.get(TRAINING));
        FloatBytes.into(List.of(bestWeights), parts.get(BEST));
        try {
            return JSON.readValue(parts.get(PROGRESS), TrainingState.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a checkpoint: " + e.getMessage(), e);
        }
    }
}
