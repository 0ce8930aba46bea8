package io.millrace.profiler.core;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.modelling.source.NumberFormat;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is predicted.
 *
 * @param task the task
 * @param classes labels, numbers in numeric order, else alphabetically; empty for regression
 * @param format how the target's numbers are written; used for regression only
 */
public record TargetDecision(Task task, List<String> classes, NumberFormat format) {
    /** More classes than this are not told apart. */
    public static final int MOST_CLASSES = 1000;

    private static final int FEW_NUMBERS = 20;
    private static final double FEW_PER_ROW = 0.05;
    private static final long LEAST_ROWS = 10;

    public TargetDecision {
        classes = List.copyOf(classes);
    }

    /**
     * Decides the task.
     *
     * @param facts the target column over the rows that have a target
     * @param allRows rows of the file
     * @param labels distinct values of the target, at most {@link #MOST_CLASSES} + 1 of them
     * @param wanted task the user asked for
     * @throws RejectedDatasetException when nothing can be learnt from it
     */
    public static TargetDecision of(ColumnFacts facts, long allRows, List<String> labels, Optional<Task> wanted) {
        String name = facts.name();
        if (facts.present() == 0) {
            throw new RejectedDatasetException(
                    "empty-target",
                    "the target column '" + name + "' has no value in any of the " + allRows + " rows",
                    "Fill in the target of the rows to learn from, or name another target.");
        }
        if (facts.present() < LEAST_ROWS) {
            throw new RejectedDatasetException(
                    "too-few-rows",
                    "only " + facts.present() + " rows have a target, at least " + LEAST_ROWS + " are needed",
                    "Send more rows with a value in '" + name + "'.");
        }
        if (facts.longest() > ColumnJudge.LONGEST_NAME) {
            throw new RejectedDatasetException(
                    "long-class",
                    "the target column '" + name + "' has a value of " + facts.longest()
                            + " characters, which is no name of a class",
                    "Name a target that holds numbers or short names; check the file's quotes.");
        }
        Optional<NumberFormat> format = ColumnJudge.numberFormat(facts);
        boolean regression = wanted.map(t -> t == Task.REGRESSION).orElseGet(() -> looksContinuous(facts, format));
        return regression ? number(facts, format) : classes(facts, labels, wanted);
    }

    /** The metric the user asked for, if it fits, else the task's own. */
    public Metric metric(Optional<Metric> wanted) {
        Metric metric = wanted.orElse(task.defaultMetric());
        if (!metric.fits(task)) {
            throw new RejectedDatasetException(
                    "metric-does-not-fit",
                    "the metric " + metric.wireName() + " cannot score a "
                            + task.name().toLowerCase(java.util.Locale.ROOT) + " task",
                    "Choose one of "
                            + String.join(
                                    ", ",
                                    java.util.Arrays.stream(Metric.values())
                                            .filter(m -> m.fits(task))
                                            .map(Metric::wireName)
                                            .toList())
                            + ", or set the task.");
        }
        return metric;
    }

    private static boolean looksContinuous(ColumnFacts facts, Optional<NumberFormat> format) {
        if (format.isEmpty()) {
            return false;
        }
        // A few odd words beside plain numbers are missing where these are a quantity, and one class more where they
        // are not.
        boolean plain = format.get() == NumberFormat.PLAIN;
        long numbers = plain ? facts.distinct() - facts.distinctNonNumbers() : facts.distinct();
        boolean whole = plain && facts.integers() == facts.numbers(NumberFormat.PLAIN);
        boolean few = facts.distinct() <= FEW_NUMBERS && facts.distinct() < FEW_PER_ROW * facts.present();
        return numbers > 2 && !(whole && few);
    }

    private static TargetDecision number(ColumnFacts facts, Optional<NumberFormat> format) {
        if (format.isEmpty()) {
            throw new RejectedDatasetException(
                    "task-does-not-fit",
                    "the target '" + facts.name() + "' holds words such as '"
                            + facts.top().get(0) + "', which regression cannot predict",
                    "Ask for classification, or name a target that holds numbers.");
        }
        if (facts.distinct() == 1) {
            throw new RejectedDatasetException(
                    "constant-target",
                    "the target '" + facts.name() + "' is " + facts.top().get(0) + " in every row",
                    "Name a target that varies, or send rows with other values.");
        }
        return new TargetDecision(Task.REGRESSION, List.of(), format.get());
    }

    private static TargetDecision classes(ColumnFacts facts, List<String> labels, Optional<Task> wanted) {
        String name = facts.name();
        if (facts.distinct() == 1) {
            throw new RejectedDatasetException(
                    "one-class",
                    "the target '" + name + "' has one class only, '" + labels.get(0) + "'",
                    "Send rows of at least two classes, or name another target.");
        }
        if (facts.distinct() > MOST_CLASSES || facts.distinct() > facts.present() / 2) {
            throw new RejectedDatasetException(
                    "too-many-classes",
                    "the target '" + name + "' has " + facts.distinct() + " different values in " + facts.present()
                            + " rows",
                    "Name a target that holds numbers, or at most " + MOST_CLASSES + " classes that repeat.");
        }
        if (wanted.isPresent() && wanted.get() == Task.BINARY && facts.distinct() > 2) {
            throw new RejectedDatasetException(
                    "task-does-not-fit",
                    "the target '" + name + "' has " + facts.distinct() + " classes, a binary task has two",
                    "Ask for a multiclass task, or leave the task to Millrace.");
        }
        boolean numbers = facts.numbers(NumberFormat.PLAIN) == facts.present();
        Comparator<String> order = numbers
                ? Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(s -> s)
                : Comparator.naturalOrder();
        return new TargetDecision(
                facts.distinct() == 2 ? Task.BINARY : Task.MULTICLASS,
                labels.stream().sorted(order).toList(),
                NumberFormat.PLAIN);
    }
}
