package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RateSchedule;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.TrialRequested;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trial.FoldStore;
import io.millrace.modelling.trial.Learners;
import io.millrace.modelling.trial.TrialResult;
import io.millrace.modelling.trial.TrialSpec;
import io.millrace.modelling.trial.TrialTraining;
import io.millrace.modelling.trial.TrialTraining.Interrupts;
import io.millrace.planner.core.Decision;
import io.millrace.planner.core.Search;
import io.millrace.runtime.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the planner proposes the trainer trains: every configuration of whole searches, for two epochs or three rounds. */
class ProposedTrainingTest {
    private static final int ROWS = 100;
    /** What there is to choose depends on the number of rows: bags on few, a part of them where there are many. */
    private static final long FEW_ROWS = 1_000;

    private static final long MANY_ROWS = 20_000;
    private static final int EPOCHS = 2;
    private static final int ROUNDS = 3;
    private static final List<String> LEVELS =
            IntStream.range(0, 15).mapToObj(i -> "level " + i).toList();

    @ParameterizedTest
    @EnumSource
    void everyProposalOfAWholeSearchTrains(Task task) {
        Table table = table(task);
        List<Configuration> proposed = proposals(task, SearchStrategy.RANDOM, 150, FEW_ROWS);
        proposed.addAll(proposals(task, SearchStrategy.DIAGNOSIS, 60, FEW_ROWS));
        proposed.addAll(proposals(task, SearchStrategy.RANDOM, 60, MANY_ROWS));

        assertThat(proposed).extracting(Configuration::family).contains(Configuration.FAMILIES.toArray(String[]::new));
        proposed.stream().distinct().forEach(configuration -> trains(configuration, table));
    }

    @Test
    void everyOptimizerTrainsEveryFamilyOfNetworksAlongEverySchedule() {
        Table table = table(Task.BINARY);
        List<NetworkConfiguration> bases = proposals(Task.BINARY, SearchStrategy.RANDOM, 40, FEW_ROWS).stream()
                .filter(NetworkConfiguration.class::isInstance)
                .map(NetworkConfiguration.class::cast)
                .toList();

        for (String family : NetworkConfiguration.NETWORKS) {
            NetworkConfiguration base = bases.stream()
                    .filter(n -> n.family().equals(family))
                    .findFirst()
                    .orElseThrow();
            for (Optimizer optimizer : Optimizer.values()) {
                for (RateSchedule schedule : RateSchedule.values()) {
                    trains(base.but().optimizer(optimizer).schedule(schedule).build(), table);
                }
            }
        }
    }

    private static void trains(Configuration configuration, Table table) {
        Configuration brief = brief(configuration);
        TrialSpec spec = new TrialSpec(
                brief,
                Optional.empty(),
                List.of(0),
                Optional.empty(),
                brief.bagging().orElse(Bagging.none()),
                table.profile().task().defaultMetric(),
                7,
                Optional.empty(),
                Optional.empty());
        TrialResult result = new TrialTraining(Learners.standard())
                .train(table, spec, TrialResult.none(table), Interrupts.none(), FoldStore.none());
        assertThat(result.folds()).as(brief.toString()).containsExactly(0);
        assertThat(result.curves().get(0).points()).as(brief.toString()).isNotEmpty();
        for (int row : table.rowsOf(0)) {
            assertThat(result.predictions().get(row, 0)).as(brief.toString()).isFinite();
        }
    }

    private static Configuration brief(Configuration configuration) {
        if (configuration instanceof NetworkConfiguration network) {
            return network.but().epochs(EPOCHS).build();
        }
        if (configuration instanceof GaussianConfiguration gaussian) {
            return gaussian;
        }
        return configuration instanceof NeighboursConfiguration neighbours
                ? neighbours.withSteps(ROUNDS)
                : ((TreesConfiguration) configuration).but().rounds(ROUNDS).build();
    }

    /** What a search of so many trials requests, given answers from stand-ins. */
    private static List<Configuration> proposals(Task task, SearchStrategy strategy, int trials, long rows) {
        SearchPolicy policy = new SearchPolicy(4, Duration.ofMinutes(5), strategy, Map.of());
        Instant now = Instant.now();
        Decision decision = Search.begin(dataset(task, trials, rows), policy, now);
        List<Configuration> proposed = new ArrayList<>();
        Deque<Event> open = new ArrayDeque<>();
        while (true) {
            for (Emission emission : decision.emissions()) {
                if (emission.event() instanceof TrialRequested request) {
                    proposed.add(request.configuration());
                    open.add(request);
                } else if (emission.event() instanceof RangeTestRequested) {
                    open.add(emission.event());
                }
            }
            if (!decision.state().active()) {
                return proposed;
            }
            decision = Search.on(decision.state(), StandIns.answer(open.remove(), 0.3), now);
        }
    }

    private static DatasetProfiled dataset(Task task, int trials, long rows) {
        DatasetProfiled from = ProfiledRuns.dataset(ProfiledRuns.ofTrials(trials, 5), rows);
        Metric metric = task.isClassification() ? Metric.ACCURACY : task.defaultMetric();
        return new DatasetProfiled(
                from.name(),
                from.table(),
                from.profile(),
                task,
                metric,
                from.trainingRows(),
                from.holdoutRows(),
                2,
                1,
                0,
                classes(task),
                from.folds(),
                from.settings(),
                from.submittedAt(),
                Optional.empty());
    }

    private static int classes(Task task) {
        return switch (task) {
            case REGRESSION -> 1;
            case BINARY -> 2;
            case MULTICLASS -> 3;
        };
    }

    /** Two numbers, of which one misses a cell, and a category that is embedded. */
    private static Table table(Task task) {
        Random random = new Random(3);
        double[] x = random.doubles(ROWS, -1, 1).toArray();
        double[] z = random.doubles(ROWS, -1, 1).toArray();
        z[5] = Double.NaN;
        int[] codes = random.ints(ROWS, 0, LEVELS.size()).toArray();
        double[] target = Arrays.stream(x)
                .map(v -> task.isClassification() ? Math.floor((v + 1) / 2 * classes(task)) : 1000 + 50 * v)
                .toArray();
        List<String> classes = IntStream.range(0, task.isClassification() ? classes(task) : 0)
                .mapToObj(i -> "class " + i)
                .toList();
        DatasetProfile profile = new DatasetProfile(
                "test",
                ROWS,
                "y",
                task,
                classes,
                List.of(),
                List.of(
                        column("x", ColumnKind.NUMERIC, List.of()),
                        column("z", ColumnKind.NUMERIC, List.of()),
                        column("level", ColumnKind.CATEGORICAL, LEVELS)),
                List.of(),
                5,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
        int[] folds = IntStream.range(0, ROWS).map(row -> row % 5).toArray();
        return new Table(profile, ROWS, List.of(x, z, codes), target, folds);
    }

    private static ColumnProfile column(String name, ColumnKind kind, List<String> levels) {
        return new ColumnProfile(
                name, kind, 0, levels.size(), Optional.empty(), levels, Optional.empty(), Optional.empty());
    }
}
