package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.modelling.encode.NumberPair;
import io.millrace.modelling.encode.Operand;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * Finds the {@link NumberPair}s that add most to what trees know already. A few trees on either half of some training rows tell which
 * features matter, and to the other half what they predict there; a few more, which begin with that and see all that can be made of
 * two of those features, tell which of these they split on to the greatest gain. After OpenFE (Zhang et al., ICML 2023, arXiv 2211.12507),
 * which begins with all pairs and more operators and halves them on growing samples.
 */
public final class PairSearch {
    /** XGBoost's name of a column, after which it says which levels of a native category go one way. */
    private static final Pattern COLUMN = Pattern.compile("f(\\d+)(\\D.*)?");

    /** Cells of the encoded rows at most, pairs not counted. */
    private static final int CELLS = 1_000_000;

    /** What is found must not depend on who asks first. */
    private static final long SEED = 1;

    private final Table table;
    private final List<Operand> operands;
    private final int[] rows;
    private final Targets targets;

    private PairSearch(Table table, List<Operand> operands, int[] some) {
        this.table = table;
        this.operands = operands;
        this.rows = shuffled(some);
        this.targets = Targets.fit(table, rows);
    }

    private static int[] shuffled(int[] some) {
        List<Integer> rows = new ArrayList<>(IntStream.of(some).boxed().toList());
        Collections.shuffle(rows, new Random(SEED));
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The best of them, no more than {@code most}; fewer where trees find no use for as many. Only training rows are looked at, and those
     * of a table only once.
     */
    public static List<NumberPair> best(int most, Table table, int[] training) {
        int features = Math.max(1, table.profile().features().size());
        int[] some = Table.evenly(training, Math.max(1, Math.min(TreesConfiguration.PAIR_ROWS, CELLS / features)));
        return table.derive(new Ranking(IntBuffer.wrap(some))).stream()
                .limit(most)
                .toList();
    }

    /**
     * Pairs that trees gain by, most first.
     *
     * @param rows training rows that are looked at
     */
    private record Ranking(IntBuffer rows) implements Table.Derived<List<NumberPair>> {
        @Override
        public List<NumberPair> of(Table table) {
            int[] some = rows.array();
            List<Operand> operands = IntStream.range(
                            0, table.profile().features().size())
                    .mapToObj(f -> Operand.of(f, table, some))
                    .flatMap(Optional::stream)
                    .toList();
            return operands.size() < 2 || some.length < 2 ? List.of() : new PairSearch(table, operands, some).ranked();
        }
    }

    private List<NumberPair> ranked() {
        Known known = known();
        List<Operand> best = IntStream.range(0, operands.size())
                .boxed()
                .sorted(Comparator.comparingDouble(o -> -known.gains()[o]))
                .limit(TreesConfiguration.PAIRED)
                .map(operands::get)
                .toList();
        List<NumberPair> pairs = new ArrayList<>();
        for (int second = 1; second < best.size(); second++) {
            for (int first = 0; first < second; first++) {
                pairs.addAll(NumberPair.of(best.get(first), best.get(second)));
            }
        }
        double[] gains = gains(pairs, known.outputs());
        return IntStream.range(0, pairs.size())
                .filter(p -> gains[p] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(p -> -gains[p]))
                .map(pairs::get)
                .toList();
    }

    /** What a few trees gain by splitting on pairs, beginning with what is known. */
    private double[] gains(List<NumberPair> pairs, float[][] known) {
        TreesEncoder plain = TreesEncoder.fit(table, rows);
        try (EncodedRows encoded = EncodedRows.training(plain.with(pairs), table, rows)) {
            encoded.base(Matrix.of(known));
            Booster booster = few(encoded, rows, TreesConfiguration.PAIR_TREES);
            try {
                double[] gains = gains(booster, plain.width() + pairs.size());
                return Arrays.copyOfRange(gains, plain.width(), gains.length);
            } finally {
                booster.dispose();
            }
        }
    }

    /**
     * What a few trees know by features as they are.
     *
     * @param gains what they gain by splitting on each operand
     * @param outputs what they say of rows that they have not seen, by row and output
     */
    private record Known(double[] gains, float[][] outputs) {}

    private Known known() {
        int[] one = Arrays.copyOf(rows, rows.length / 2);
        int[] other = Arrays.copyOfRange(rows, one.length, rows.length);
        Known ofOne = learn(other, one);
        Known ofOther = learn(one, other);
        double[] gains = new double[operands.size()];
        Arrays.setAll(gains, o -> ofOne.gains()[o] + ofOther.gains()[o]);
        return new Known(
                gains,
                Stream.of(ofOne, ofOther).flatMap(k -> Stream.of(k.outputs())).toArray(float[][]::new));
    }

    private Known learn(int[] seen, int[] unseen) {
        TreesEncoder encoder = TreesEncoder.fit(table, seen);
        try (EncodedRows training = EncodedRows.training(encoder, table, seen);
                EncodedRows rest = EncodedRows.of(encoder, table, unseen)) {
            Booster booster = few(training, seen, TreesConfiguration.PAIR_TREES_BEFORE);
            try {
                double[] columns = gains(booster, encoder.width());
                double[] gains = operands.stream()
                        .mapToDouble(o -> columns[encoder.offset(o.feature())])
                        .toArray();
                return new Known(gains, Native.call(() -> booster.predict(rest.matrix(), true)));
            } finally {
                booster.dispose();
            }
        }
    }

    private Booster few(EncodedRows encoded, int[] rows, int trees) {
        encoded.label(targets.labels(table, rows));
        boolean classification = table.profile().task().isClassification();
        int outputs = targets.outputs();
        int rounds = Math.max(3, trees / (outputs > 2 ? outputs : 1));
        TreesConfiguration few = new TreesConfiguration(
                TreesConfiguration.BOOSTING, rounds, .2, 6, 0, classification ? .5 : 5, .8, .7, 1, 0, 64, rounds);
        Map<String, Object> parameters = Parameters.boosting(few, classification, outputs, SEED);
        return Native.call(() -> XGBoost.train(encoded.matrix(), parameters, rounds, Map.of(), null, null));
    }

    /** What trees gain by splitting on each of so many columns. */
    private static double[] gains(Booster booster, int columns) {
        double[] gains = new double[columns];
        Native.call(() -> booster.getScore("", "total_gain")).forEach((name, gain) -> {
            Matcher column = COLUMN.matcher(name);
            if (column.matches()) {
                gains[Integer.parseInt(column.group(1))] += gain;
            }
        });
        return gains;
    }
}
