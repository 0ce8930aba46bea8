package io.millrace.modelling.network;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.ModelParts;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A fitted network. Its parts: {@code kind} ("network"), {@code architecture.json}, {@code target.json},
 * {@code encoder.json} and {@code parameters.f32}: little-endian floats, layer by layer from the inputs up; of a dense layer
 * the weights input by input, then biases. Stages lie one after another.
 */
public final class NetworkModel implements FittedModel {
    /** What the part {@code kind} says. */
    public static final String KIND = "network";

    private final NetworkEncoder encoder;
    private final TargetCoding target;
    private final Predictor network;

    NetworkModel(NetworkEncoder encoder, TargetCoding target, Predictor network) {
        this.encoder = encoder;
        this.target = target;
        this.network = network;
    }

    /** Reads what {@link #parts} wrote; throws an IllegalArgumentException for anything else or another data set. */
    public static NetworkModel read(Map<String, byte[]> parts, DatasetProfile profile) {
        Architecture shape = ModelParts.json(parts, "architecture.json", Architecture.class);
        TargetCoding target = ModelParts.json(parts, "target.json", TargetCoding.class);
        NetworkEncoder encoder = NetworkEncoder.fromJson(ModelParts.bytes(parts, "encoder.json"));
        if (shape.outputs() != profile.outputs()) {
            throw new IllegalArgumentException("the model has " + shape.outputs() + " outputs, the data set "
                    + profile.outputs() + ": they do not belong together");
        }
        byte[] parameters = ModelParts.bytes(parts, "parameters.f32");
        float[] weights = new float[parameters.length / 4];
        FloatBytes.into(List.of(weights), parameters);
        Predictor network = shape.recipe() == Recipe.BOOSTED
                ? StagedNetwork.of(shape, weights)
                : Network.forPrediction(shape, weights);
        return new NetworkModel(encoder, target, network);
    }

    @Override
    public Matrix predict(Table table, int[] rows) {
        return encoder.map(table, rows, network.shape().outputs(), encoded -> target.decode(network.predict(encoded)));
    }

    @Override
    public Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("kind", KIND.getBytes(StandardCharsets.UTF_8));
        parts.put("architecture.json", ModelParts.json(network.shape()));
        parts.put("target.json", ModelParts.json(target));
        parts.put("encoder.json", encoder.toJson());
        parts.put("parameters.f32", FloatBytes.of(List.of(network.weights())));
        return parts;
    }

    /**
     * The network as a file of Deeplearning4j ({@code ModelSerializer}), which takes what the encoder makes of a row and
     * gives probabilities or the standardised value; empty where Deeplearning4j has no such layers.
     */
    public Optional<byte[]> deeplearning4j() {
        if (!DeeplearningNetwork.canExpress(network.shape())) {
            return Optional.empty();
        }
        MultiLayerNetwork twin = DeeplearningNetwork.of(network.shape(), network.weights(), new NoOp());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ModelSerializer.writeModel(twin, bytes, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            twin.close();
        }
        return Optional.of(bytes.toByteArray());
    }

    @Override
    public void close() {
        network.close();
    }
}
