package io.millrace.planner.core;

import java.util.Map;
import java.util.TreeMap;

/**
 * What training was measured to cost; only a run with a wall-clock budget decides by it.
 *
 * @param secondsPerUnit per family, processor seconds per unit of {@link CostModel#units}, the mean of what was measured, recent weighing more
 * @param busy processor time of training by its wall-clock time, the mean of what was measured, recent weighing more: range tests share the
 *     cores with the first trials
 * @param waiting seconds between the request of a trial and its training, the mean of what was measured
 * @param firstLooks seconds spent on first looks
 * @param promotions seconds spent on promotions
 */
public record Costs(
        Map<String, Double> secondsPerUnit, double busy, double waiting, double firstLooks, double promotions) {
    static final Costs NONE = new Costs(Map.of(), 1, 0, 0, 0);
    /** Weight of the newest measurement. */
    private static final double NEWEST = 0.4;

    public Costs {
        secondsPerUnit = Map.copyOf(secondsPerUnit);
        busy = busy > 0 ? busy : 1; // a state of before it was measured
    }

    Costs plusFirstLook(String family, double units, Outcome look, double waited) {
        Map<String, Double> rates = new TreeMap<>(secondsPerUnit);
        rates.merge(family, worked(look) / units, Costs::newer);
        double atWork = secondsPerUnit.isEmpty() ? share(look) : newer(busy, share(look));
        return new Costs(rates, atWork, waited(waited), firstLooks + look.wallSeconds(), promotions);
    }

    /** Seconds that training would take now: what it took by the clock while others wanted the cores more or less is another thing. */
    double again(Outcome look) {
        return wall(worked(look));
    }

    /** Seconds by the clock that so much processor time takes now. */
    double wall(double processorSeconds) {
        return processorSeconds / busy;
    }

    /** Processor time, or where a machine does not tell it the time that it can be at most. */
    private static double worked(Outcome look) {
        return look.cpuSeconds() > 0 ? look.cpuSeconds() : look.wallSeconds();
    }

    private static double share(Outcome look) {
        return look.wallSeconds() > 0 ? worked(look) / look.wallSeconds() : 1;
    }

    /** A first look that was stopped: it tells nothing of what a whole one takes. */
    Costs plusStopped(double seconds, double waited) {
        return new Costs(secondsPerUnit, busy, waited(waited), firstLooks + seconds, promotions);
    }

    Costs plusPromotion(double seconds, double waited) {
        return new Costs(secondsPerUnit, busy, waited(waited), firstLooks, promotions + seconds);
    }

    private double waited(double seconds) {
        return newer(waiting, Math.max(0, seconds));
    }

    private static double newer(double before, double now) {
        return (1 - NEWEST) * before + NEWEST * now;
    }
}
