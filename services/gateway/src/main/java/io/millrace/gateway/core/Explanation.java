package io.millrace.gateway.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.events.Cause;
import io.millrace.events.DataCurve;
import io.millrace.events.Diagnosis;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.Score;
import java.util.List;
import java.util.Optional;

/**
 * A run as a story: what the data looked like, which rates were found, which problem each leading trial had, which cures
 * were tried and what they did, and why the ensemble has its members. Told by {@link ExplainRun}.
 *
 * @param run id of the run
 * @param name name of the data set, once it was submitted
 * @param data the data, once profiled
 * @param rates learning-rate ranges in the order in which they were found
 * @param moreRows what more rows would bring, once the run has asked
 * @param trials trials that were scored
 * @param leaders the best of them, best first
 * @param cures every cure that was assessed, in the order of their trials
 * @param help the same by cure, the most helpful first
 * @param stopped trials that others were better than at the same point, in their order
 * @param paused trials that paused and in whose place others of their family went on, in their order
 * @param ensemble the ensemble, once built
 * @param end why the search ended, or why the run did without a model
 */
public record Explanation(
        String run,
        Optional<String> name,
        Optional<DataSummary> data,
        List<Rate> rates,
        Optional<MoreRows> moreRows,
        int trials,
        List<Leader> leaders,
        List<InterventionAssessed> cures,
        List<Help> help,
        List<Stopped> stopped,
        List<Paused> paused,
        Optional<Ensemble> ensemble,
        Optional<String> end) {

    /** A learning-rate range: between what its rules agree by the factor, and how clear its curve is from 0 to 1. */
    public record Rate(String candidate, LearningRateRange range, double agreement, Optional<Double> confidence) {}

    /**
     * What more rows would bring.
     *
     * @param curve scores of one configuration on growing numbers of rows
     * @param gain error that twice the rows should take off, in units of the metric
     */
    public record MoreRows(DataCurve curve, double gain) {}

    /** A leading trial: what it is worth, why it was asked for, and what is wrong with it. */
    public record Leader(
            int rank,
            String trial,
            String family,
            Score score,
            int folds,
            Optional<String> reason,
            Optional<Cause> cause,
            Optional<Diagnosis> diagnosis,
            Optional<String> stoppedBy,
            double cpuSeconds) {}

    /**
     * What a cure did over the run.
     *
     * @param expectedGain mean share of the parent's error that should have gone
     * @param measuredGain mean share that did go; trials that failed are left out
     */
    public record Help(String cure, int tried, int helped, double expectedGain, Optional<Double> measuredGain) {}

    /**
     * A trial that its rule stopped.
     *
     * @param progress how far it came ({@link io.millrace.configuration.Configuration#progress})
     * @param bound the error that it had not reached by then: the median of what so many others had reached
     */
    public record Stopped(String trial, String family, double progress, double bound, int others) {}

    /**
     * A trial that never went on from its pause.
     *
     * @param epoch epoch after which it paused
     * @param epochs epochs that it would have had
     * @param rank by its error at this point among the trials of its family, 1 for the best
     * @param of how many these are, itself included
     */
    public record Paused(String trial, String family, int epoch, int epochs, int rank, int of) {}

    /**
     * The ensemble: its out-of-fold score, what it gains over its best member, the holdout's word, how far its
     * probabilities are from what happens (0 to 1; absent for regression), and its members.
     */
    public record Ensemble(
            Score score,
            Score gain,
            Optional<Score> holdout,
            Optional<Double> calibrationError,
            List<Member> members) {}

    /** A member, its weight, its rank and by which share its error is above that of the best trial. */
    public record Member(String trial, String family, double weight, int rank, double behind, boolean firstOfFamily) {}

    public Explanation {
        rates = List.copyOf(rates);
        leaders = List.copyOf(leaders);
        cures = List.copyOf(cures);
        help = List.copyOf(help);
        stopped = List.copyOf(stopped);
        paused = List.copyOf(paused);
    }
}
