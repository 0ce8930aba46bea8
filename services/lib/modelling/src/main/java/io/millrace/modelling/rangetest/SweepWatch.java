package io.millrace.modelling.rangetest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoublePredicate;

/** Smooths the losses of a sweep and ends it when they fly off (above 4 times the best, as fastai does) or time is up. */
final class SweepWatch implements DoublePredicate {
    private static final double FLOWN_OFF = 4;

    private final BooleanSupplier stop;
    private final Smoothing smoothing = new Smoothing();
    private final List<Double> smoothed = new ArrayList<>();
    private double best = Double.POSITIVE_INFINITY;
    private String stoppedBy = "completed";

    SweepWatch(BooleanSupplier stop) {
        this.stop = stop;
    }

    @Override
    public boolean test(double loss) {
        double average = smoothing.add(loss);
        smoothed.add(average);
        best = Math.min(best, average);
        if (!Double.isFinite(loss) || average > FLOWN_OFF * best) {
            stoppedBy = "diverged";
        } else if (stop.getAsBoolean()) {
            stoppedBy = "deadline";
        }
        return stoppedBy.equals("completed");
    }

    List<Double> smoothed() {
        return smoothed;
    }

    String stoppedBy() {
        return stoppedBy;
    }
}
