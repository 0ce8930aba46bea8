package io.millrace.modelling.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * From a batch to the columns that the first layer sees: dense columns as they are or with {@link NumberFeatures},
 * then the vectors of the codes. With neither it hands the dense columns through, without a copy.
 */
public final class Front implements AutoCloseable {
    private final int dense;
    private final NumberFeatures[] numbers;
    private final Embedding embedding;
    private final int codeColumns;
    private final int vectors;
    private final Tensor outputs;

    /**
     * A front with initial weights.
     *
     * @param plan columns in and what becomes of them
     * @param rows most rows of a batch
     */
    public Front(FrontPlan plan, int rows, SplittableRandom random) {
        this.dense = plan.dense();
        this.codeColumns = plan.codeColumns();
        this.numbers = new NumberFeatures[dense];
        plan.periodic().forEach(column -> numbers[column] = new Periodic(rows, random));
        plan.piecewise().forEach(edges -> numbers[edges.column()] = new PiecewiseLinear(edges, rows));
        this.embedding = codeColumns > 0
                ? new Embedding(plan.tableSize(), plan.embedding(), plan.embeddingDeviation(), random)
                : null;
        this.vectors = plan.vectors();
        this.outputs = new Tensor(plan.passesThrough() ? 0 : rows, plan.outputs());
    }

    /** Whether there is anything to train. */
    public boolean learns() {
        return outputs.rows() > 0;
    }

    /** The columns for the first layer. */
    public Tensor forward(Inputs batch, int rows) {
        if (!learns()) {
            return batch.dense();
        }
        float[] in = batch.dense().values();
        float[] out = outputs.values();
        int at = 0;
        for (int column = 0; column < dense; column++) {
            if (numbers[column] == null) {
                for (int r = 0; r < rows; r++) {
                    out[r * outputs.columns() + at] = in[r * dense + column];
                }
                at++;
            } else {
                numbers[column].forward(in, dense, column, out, outputs.columns(), at, rows);
                at += numbers[column].width();
            }
        }
        if (embedding != null) {
            embedding.forward(batch.codes(), codeColumns, out, outputs.columns(), vectors, rows);
        }
        return outputs;
    }

    /** Sets the gradients from the derivative by what {@link #forward} gave. */
    public void backward(Tensor gradient, int rows) {
        int at = 0;
        for (NumberFeatures features : numbers) {
            if (features != null) {
                features.backward(gradient.values(), outputs.columns(), at, rows);
            }
            at += features == null ? 1 : features.width();
        }
        if (embedding != null) {
            embedding.backward(gradient.values(), codeColumns, outputs.columns(), vectors, rows);
        }
    }

    /** Everything that training changes. */
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        Arrays.stream(numbers).filter(Objects::nonNull).forEach(n -> parameters.addAll(n.parameters()));
        if (embedding != null) {
            parameters.addAll(embedding.parameters());
        }
        return parameters;
    }

    @Override
    public void close() {
        outputs.close();
    }
}
