package io.millrace.modelling.encode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.configuration.NumberForm;
import io.millrace.dataset.ColumnKind;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * From the columns of a table to dense floats and embedding codes, following RealMLP (Holzmueller et al. 2024). What it
 * learns, it learns from the rows it is fitted on. Immutable, safe to share.
 *
 * @param dense encoders of the dense matrix, side by side
 * @param embedded encoders of the columns that are embedded; each has a stretch of its own in the shared table
 */
public record NetworkEncoder(List<FeatureEncoder> dense, List<CodeEncoder> embedded) {
    private static final JsonMapper JSON = new JsonMapper();
    /** Rows that are encoded at once where there may be many. */
    private static final int CHUNK = 8_192;

    public NetworkEncoder {
        dense = List.copyOf(dense);
        embedded = List.copyOf(embedded);
    }

    /** Fits on training rows. */
    public static NetworkEncoder fit(Table table, int[] rows) {
        List<FeatureEncoder> dense = new ArrayList<>();
        List<CodeEncoder> embedded = new ArrayList<>();
        for (int feature = 0; feature < table.profile().features().size(); feature++) {
            ColumnKind kind = table.profile().features().get(feature).kind();
            switch (kind) {
                case NUMERIC -> {
                    NumberEncoder number = NumberEncoder.fit(table, feature, rows);
                    dense.add(number);
                    if (number.hasLongTails() && !table.profile().task().isClassification()) {
                        dense.add(TailEncoder.fit(table, feature, rows));
                    }
                }
                case CATEGORICAL -> {
                    LevelCounts counts = LevelCounts.of(table, feature, rows);
                    if (counts.distinct() <= OneHotEncoder.MOST_VALUES) {
                        dense.add(OneHotEncoder.fit(counts, feature, rows.length));
                    } else {
                        embedded.add(CodeEncoder.fit(counts, feature));
                        TargetMeans.fit(table, feature, rows).ifPresent(dense::add);
                    }
                }
                default -> dense.add(other(table, feature, rows));
            }
        }
        return new NetworkEncoder(dense, embedded);
    }

    /** The same with what pairs of numbers are together, fitted on training rows, which comes last in a row. */
    public NetworkEncoder with(List<NumberPair> pairs, Table table, int[] rows) {
        Stream<FeatureEncoder> more = pairs.stream().map(pair -> PairEncoder.fit(pair, table, rows));
        return new NetworkEncoder(Stream.concat(dense.stream(), more).toList(), embedded);
    }

    /**
     * Fits one for models that are solved for: a column for each level of a category that enough rows have, unless there are too many.
     * Nothing is embedded, and no column is told the target.
     *
     * @param numbers how numbers enter; plain ones where they vary
     */
    public static NetworkEncoder linear(Table table, int[] rows, NumberForm numbers) {
        List<FeatureEncoder> dense = new ArrayList<>();
        for (int feature = 0; feature < table.profile().features().size(); feature++) {
            switch (table.profile().features().get(feature).kind()) {
                case NUMERIC -> {
                    if (numbers != NumberForm.PLAIN) {
                        dense.add(NumberEncoder.fit(table, feature, rows));
                    }
                    TailEncoder plain = TailEncoder.fit(table, feature, rows);
                    if (numbers != NumberForm.CLIPPED && plain.deviation() > 0) {
                        dense.add(plain);
                    }
                }
                case CATEGORICAL ->
                    OneHotEncoder.frequent(LevelCounts.of(table, feature, rows), feature, rows.length)
                            .ifPresent(dense::add);
                default -> dense.add(other(table, feature, rows));
            }
        }
        return new NetworkEncoder(dense, List.of());
    }

    /** The same with so many dense columns at most: features that become many have what room the others leave, or none. */
    public NetworkEncoder narrowed(int most) {
        List<Optional<FeatureEncoder>> kept = new ArrayList<>(Collections.nCopies(dense.size(), Optional.empty()));
        int room = most;
        for (int i : IntStream.range(0, dense.size())
                .boxed()
                .sorted(Comparator.comparingInt(e -> dense.get(e).width()))
                .toList()) {
            kept.set(i, dense.get(i).within(room));
            room -= kept.get(i).map(FeatureEncoder::width).orElse(0);
        }
        return new NetworkEncoder(kept.stream().flatMap(Optional::stream).toList(), embedded);
    }

    /** What is neither a number nor a category has one form. */
    private static FeatureEncoder other(Table table, int feature, int[] rows) {
        ColumnKind kind = table.profile().features().get(feature).kind();
        return switch (kind) {
            case BOOLEAN -> new BooleanEncoder(feature);
            case DATETIME -> DateEncoder.fit(table, feature, rows);
            case TEXT -> TextEncoder.fit(table, feature, rows);
            case NUMERIC, CATEGORICAL, IDENTIFIER, CONSTANT ->
                throw new IllegalArgumentException(kind + " is no feature of one form");
        };
    }

    /** Columns of the dense matrix; at least one, which is 0 throughout when no feature fills it. */
    public int width() {
        return Math.max(1, dense.stream().mapToInt(FeatureEncoder::width).sum());
    }

    /** Columns of the dense matrix that hold a quantity. */
    public List<Integer> numberColumns() {
        List<Integer> columns = new ArrayList<>();
        int column = 0;
        for (FeatureEncoder encoder : dense) {
            if (encoder instanceof NumberEncoder || encoder instanceof PairEncoder || encoder instanceof DateEncoder) {
                columns.add(column);
            }
            column += encoder.width();
        }
        return columns;
    }

    /** Columns that are embedded. */
    public int codeColumns() {
        return embedded.size();
    }

    /** Rows of the embedding table that the embedded columns share. */
    public int tableSize() {
        return embedded.stream().mapToInt(CodeEncoder::size).sum();
    }

    /** Encodes rows in the order asked for. */
    public Encoded encode(Table table, int[] rows) {
        return encode(table, rows, FeatureEncoder::encode);
    }

    /** Encodes rows chunk by chunk, so that no more are in memory at once. */
    public void encode(Table table, int[] rows, Chunks chunks) {
        for (int from = 0; from < rows.length; from += CHUNK) {
            chunks.take(from, encode(table, Arrays.copyOfRange(rows, from, Math.min(rows.length, from + CHUNK))));
        }
    }

    /** What follows from rows, so many columns of each, encoded chunk by chunk. */
    public Matrix map(Table table, int[] rows, int columns, Function<Encoded, Matrix> of) {
        Matrix all = Matrix.filled(rows.length, columns, 0);
        encode(table, rows, (from, encoded) -> {
            float[] some = of.apply(encoded).values();
            System.arraycopy(some, 0, all.values(), from * columns, some.length);
        });
        return all;
    }

    /** Takes rows from a place on among those that are encoded. */
    public interface Chunks {
        void take(int from, Encoded encoded);
    }

    /** Encodes exactly the rows that it was fitted on, none of which is told its own target. */
    public Encoded encodeTraining(Table table, int[] rows) {
        return encode(table, rows, FeatureEncoder::encodeTraining);
    }

    private Encoded encode(Table table, int[] rows, Filling filling) {
        Matrix matrix = Matrix.filled(rows.length, width(), 0);
        int column = 0;
        for (FeatureEncoder encoder : dense) {
            filling.fill(encoder, table, rows, matrix, column);
            column += encoder.width();
        }
        int[] codes = new int[Math.multiplyExact(rows.length, codeColumns())];
        int offset = 0;
        for (int c = 0; c < embedded.size(); c++) {
            embedded.get(c).encode(table, rows, codes, c, codeColumns(), offset);
            offset += embedded.get(c).size();
        }
        return new Encoded(matrix, codes, codeColumns());
    }

    private interface Filling {
        void fill(FeatureEncoder encoder, Table table, int[] rows, Matrix into, int column);
    }

    /** The encoder as JSON. */
    public byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an encoder must be writable as JSON", e);
        }
    }

    /** Reads what {@link #toJson} wrote; throws an IllegalArgumentException for anything else. */
    public static NetworkEncoder fromJson(byte[] json) {
        try {
            return JSON.readValue(json, NetworkEncoder.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a network encoder: " + e.getMessage(), e);
        }
    }
}
