package io.millrace.modelling.gaussian;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.ModelParts;
import io.millrace.modelling.network.TargetCoding;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A solved Gaussian model. Parts: {@code kind} ("gaussian"), {@code encoder.json}, {@code target.json}, and {@code densities.json} of
 * classes or {@code process.json} of a number.
 */
public final class GaussianModel implements FittedModel {
    /** Content of the part {@code kind}. */
    public static final String KIND = "gaussian";

    private static final String DENSITIES = "densities.json";
    private static final String PROCESS = "process.json";
    private final NetworkEncoder encoder;
    private final TargetCoding target;
    private final Predictor predictor;

    GaussianModel(NetworkEncoder encoder, TargetCoding target, Predictor predictor) {
        this.encoder = encoder;
        this.target = target;
        this.predictor = predictor;
    }

    /** Reads what {@link #parts} wrote; throws an IllegalArgumentException for anything else or another data set. */
    public static GaussianModel read(Map<String, byte[]> parts, DatasetProfile profile) {
        NetworkEncoder encoder = NetworkEncoder.fromJson(ModelParts.bytes(parts, "encoder.json"));
        TargetCoding target = ModelParts.json(parts, "target.json", TargetCoding.class);
        if (target.outputs() != profile.outputs()) {
            throw new IllegalArgumentException("the model has " + target.outputs() + " outputs, the data set "
                    + profile.outputs() + ": they do not belong together");
        }
        Predictor predictor = target.classification()
                ? ModelParts.json(parts, DENSITIES, DensityProduct.class)
                : ModelParts.json(parts, PROCESS, GaussianProcess.class);
        if (predictor.columns() != encoder.width()) {
            throw new IllegalArgumentException("the model's parts do not belong together: " + encoder.width()
                    + " columns are encoded, " + predictor.columns() + " expected");
        }
        return new GaussianModel(encoder, target, predictor);
    }

    @Override
    public Matrix predict(Table table, int[] rows) {
        return encoder.map(table, rows, target.outputs(), encoded -> target.decode(predictor.predict(encoded.dense())));
    }

    @Override
    public Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("kind", KIND.getBytes(StandardCharsets.UTF_8));
        parts.put("encoder.json", encoder.toJson());
        parts.put("target.json", ModelParts.json(target));
        parts.put(target.classification() ? DENSITIES : PROCESS, ModelParts.json(predictor));
        return parts;
    }

    @Override
    public void close() {
        // All of it is on the heap.
    }
}
