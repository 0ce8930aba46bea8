package io.millrace.modelling.learn;

import io.millrace.configuration.Configuration;
import io.millrace.events.ProgressCurve;
import io.millrace.events.StopRule;
import java.util.Optional;

/** Holds a fit against its {@link StopRule} while it goes on. Without a rule nothing is stopped. Belongs to one fit. */
public final class StopCheck {
    private final Configuration configuration;
    private final Optional<StopRule> rule;
    private int mark;
    private double best = Double.POSITIVE_INFINITY;

    private StopCheck(Configuration configuration, Optional<StopRule> rule) {
        this.configuration = configuration;
        this.rule = rule;
        this.mark = rule.map(StopRule::firstMark).orElse(0);
    }

    /** The check of a job that begins. */
    public static StopCheck of(TrainingJob job) {
        return of(job.configuration(), job.stopRule());
    }

    /** The check of a training that begins and may be a part of a job's. */
    public static StopCheck of(Configuration configuration, Optional<StopRule> rule) {
        return new StopCheck(configuration, rule);
    }

    /**
     * Takes what a step led to; to be asked after every step, in order.
     *
     * @param step epoch, round or tree, from 1
     * @param error the job's metric on the validation rows as an error to minimise
     * @return whether the best error so far is worse than what a mark holds that this step has come to
     */
    public boolean stops(int step, double error) {
        if (rule.isEmpty()) {
            return false;
        }
        best = Math.min(best, error);
        boolean behind = false;
        for (; ProgressCurve.progressAt(mark) <= configuration.progress(step); mark++) {
            behind |= best > rule.get().errorAt(mark);
        }
        return behind;
    }
}
