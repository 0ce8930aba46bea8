package io.millrace.planner.core;

import java.util.Map;
import java.util.TreeMap;

/**
 * What training was measured to cost; only a run with a wall-clock budget decides by it.
 *
 * @param secondsPerUnit per family, seconds per unit of {@link CostModel#units}, the mean of what was measured, recent weighing more
 * @param waiting seconds between the request of a trial and its training, the mean of what was measured
 * @param firstLooks seconds spent on first looks
 * @param promotions seconds spent on promotions
 */
public record Costs(Map<String, Double> secondsPerUnit, double waiting, double firstLooks, double promotions) {
    static final Costs NONE = new Costs(Map.of(), 0, 0, 0);
    /** Weight of the newest measurement. */
    private static final double NEWEST = 0.4;

    public Costs {
        secondsPerUnit = Map.copyOf(secondsPerUnit);
    }

    Costs plusFirstLook(String family, double units, double seconds, double waited) {
        Map<String, Double> rates = new TreeMap<>(secondsPerUnit);
        rates.merge(family, seconds / units, (old, now) -> (1 - NEWEST) * old + NEWEST * now);
        return new Costs(rates, waited(waited), firstLooks + seconds, promotions);
    }

    /** A first look that was stopped: it tells nothing of what a whole one takes. */
    Costs plusStopped(double seconds, double waited) {
        return new Costs(secondsPerUnit, waited(waited), firstLooks + seconds, promotions);
    }

    Costs plusPromotion(double seconds, double waited) {
        return new Costs(secondsPerUnit, waited(waited), firstLooks, promotions + seconds);
    }

    private double waited(double seconds) {
        return (1 - NEWEST) * waiting + NEWEST * Math.max(0, seconds);
    }
}
