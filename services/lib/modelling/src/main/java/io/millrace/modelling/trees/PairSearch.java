package io.millrace.modelling.trees;

import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.modelling.encode.NumberPair;
import io.millrace.modelling.encode.NumberPair.Operand;
import io.millrace.modelling.table.Table;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * Finds the {@link NumberPair}s that trees like best: a few trees on some training rows tell which numbers matter, and a few more, which
 * see all that can be made of two of those, which of these they split on to the greatest gain. After OpenFE (Zhang et al., ICML 2023, arXiv
 * 2211.12507), which begins with all pairs and more operators and halves them on growing samples.
 */
public final class PairSearch {
    /** XGBoost's name of a column that it splits at a threshold; of categories it tells which. */
    private static final Pattern QUANTITY = Pattern.compile("f\\d+");

    /** Cells of the encoded rows at most, pairs not counted. */
    private static final int CELLS = 1_000_000;

    /** What is found must not depend on who asks first. */
    private static final long SEED = 1;

    private final Table table;
    private final int[] rows;
    private final Targets targets;
    private final TreesEncoder plain;

    private PairSearch(Table table, int[] rows) {
        this.table = table;
        this.rows = rows;
        this.targets = Targets.fit(table, rows);
        this.plain = TreesEncoder.fit(table, rows);
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
            List<ColumnProfile> features = table.profile().features();
            int[] numbers = IntStream.range(0, features.size())
                    .filter(f -> features.get(f).kind() == ColumnKind.NUMERIC
                            && features.get(f).statistics().isPresent())
                    .toArray();
            if (numbers.length < 2) {
                return List.of();
            }
            PairSearch search = new PairSearch(table, rows.array());
            return search.ranked(search.pairs(numbers));
        }
    }

    private List<NumberPair> pairs(int[] numbers) {
        Map<Integer, Double> gains = gains(plain);
        List<Operand> operands = IntStream.of(numbers)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer f) -> -gains.getOrDefault(plain.offset(f), 0.0)))
                .limit(TreesConfiguration.PAIRED)
                .map(f -> Operand.of(f, table.profile().features().get(f)))
                .toList();
        List<NumberPair> pairs = new ArrayList<>();
        for (int second = 1; second < operands.size(); second++) {
            for (int first = 0; first < second; first++) {
                pairs.addAll(NumberPair.of(operands.get(first), operands.get(second)));
            }
        }
        return pairs;
    }

    private List<NumberPair> ranked(List<NumberPair> pairs) {
        Map<Integer, Double> gains = gains(plain.with(pairs));
        int before = plain.width();
        return IntStream.range(0, pairs.size())
                .filter(p -> gains.getOrDefault(before + p, 0.0) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(p -> -gains.get(before + p)))
                .map(pairs::get)
                .toList();
    }

    /** What a few trees gain by splitting on encoded columns, by their ordinals. */
    private Map<Integer, Double> gains(TreesEncoder encoder) {
        int outputs = targets.outputs();
        TreesConfiguration few = new TreesConfiguration(
                TreesConfiguration.BOOSTING,
                Math.max(3, TreesConfiguration.PAIR_TREES / (outputs > 2 ? outputs : 1)),
                .2,
                6,
                0,
                table.profile().task().isClassification() ? .5 : 5,
                .8,
                .7,
                1,
                0,
                64,
                TreesConfiguration.PAIR_TREES);
        Map<String, Object> parameters =
                Parameters.boosting(few, table.profile().task().isClassification(), outputs, SEED);
        try (EncodedRows encoded = EncodedRows.training(encoder, table, rows)) {
            encoded.label(targets.labels(table, rows));
            Booster booster =
                    Native.call(() -> XGBoost.train(encoded.matrix(), parameters, few.rounds(), Map.of(), null, null));
            try {
                Map<String, Double> gains = Native.call(() -> booster.getScore("", "total_gain"));
                return gains.entrySet().stream()
                        .filter(gain -> QUANTITY.matcher(gain.getKey()).matches())
                        .collect(Collectors.toMap(
                                gain -> Integer.valueOf(gain.getKey().substring(1)), Map.Entry::getValue));
            } finally {
                booster.dispose();
            }
        }
    }
}
