package io.millrace.modelling.neighbours;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.layer.SoftNeighbours;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.ModelParts;
import io.millrace.modelling.network.TargetCoding;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows that are remembered and the scales of their columns. Parts: {@code kind} ("neighbours"), {@code encoder.json},
 * {@code target.json}, and as matrices {@code rows.matrix} (encoded), {@code targets.matrix} and {@code scales.matrix} (one row).
 */
public final class NeighboursModel implements FittedModel {
    /** Content of the part {@code kind}. */
    public static final String KIND = "neighbours";

    private final NetworkEncoder encoder;
    private final TargetCoding target;
    private final Memory memory;
    private final float[] scales;
    private final SoftNeighbours neighbours;

    NeighboursModel(NetworkEncoder encoder, TargetCoding target, Memory memory, float[] scales) {
        this.encoder = encoder;
        this.target = target;
        this.memory = memory;
        this.scales = scales;
        this.neighbours = memory.recall(memory.room(), scales);
    }

    /** Reads what {@link #parts} wrote; throws an IllegalArgumentException for anything else or another data set. */
    public static NeighboursModel read(Map<String, byte[]> parts, DatasetProfile profile) {
        NetworkEncoder encoder = NetworkEncoder.fromJson(ModelParts.bytes(parts, "encoder.json"));
        Memory memory = new Memory(
                Matrix.fromBytes(ModelParts.bytes(parts, "rows.matrix")),
                Matrix.fromBytes(ModelParts.bytes(parts, "targets.matrix")));
        float[] scales =
                Matrix.fromBytes(ModelParts.bytes(parts, "scales.matrix")).values();
        if (memory.targets().columns() != profile.outputs()) {
            throw new IllegalArgumentException(
                    "the model has " + memory.targets().columns() + " outputs, the data set " + profile.outputs()
                            + ": they do not belong together");
        }
        if (memory.rows().rows() != memory.targets().rows()
                || memory.rows().columns() != encoder.width()
                || scales.length != encoder.width()) {
            throw new IllegalArgumentException("the model's parts do not belong together: " + memory.rows()
                    + " for targets " + memory.targets() + ", " + scales.length + " scales and " + encoder.width()
                    + " columns");
        }
        TargetCoding target = ModelParts.json(parts, "target.json", TargetCoding.class);
        return new NeighboursModel(encoder, target, memory, scales);
    }

    @Override
    public Matrix predict(Table table, int[] rows) {
        return encoder.map(
                table,
                rows,
                memory.targets().columns(),
                encoded -> target.decode(memory.predict(neighbours, encoded.dense())));
    }

    @Override
    public Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("kind", KIND.getBytes(StandardCharsets.UTF_8));
        parts.put("encoder.json", encoder.toJson());
        parts.put("target.json", ModelParts.json(target));
        parts.put("rows.matrix", memory.rows().toBytes());
        parts.put("targets.matrix", memory.targets().toBytes());
        parts.put("scales.matrix", new Matrix(1, scales.length, scales).toBytes());
        return parts;
    }

    @Override
    public void close() {
        neighbours.close();
    }
}
