package io.millrace.planner.core;

import io.millrace.events.CureRecord;
import io.millrace.events.Verdict;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One remedy. What it costs is not declared: {@link CostModel} tells it of the changed configuration.
 *
 * @param name its name in events, such as {@code more-dropout}
 * @param against the problem that it is for
 * @param when what the evidence must show besides
 * @param change what it makes of the trial; empty where it does not apply or is at its limit
 * @param success chance that the error falls, before anything was measured
 * @param gain share of the error that goes when it falls, before anything was measured
 */
record Cure(
        String name,
        Verdict against,
        Predicate<Patient> when,
        Function<Patient, Optional<Treatment>> change,
        double success,
        double gain) {
    /** So many attempts weigh as much as what is declared. */
    private static final double PRIOR_WEIGHT = 4;

    /** The treatment of a trial that has the problem and shows the evidence. */
    Optional<Treatment> treat(Patient patient) {
        return patient.look().verdict() == against && when.test(patient) ? change.apply(patient) : Optional.empty();
    }

    /** Chance that the error falls: what is declared, moved by what was measured (mean of a beta distribution). */
    double chance(CureRecord record) {
        return (PRIOR_WEIGHT * success + record.helped()) / (PRIOR_WEIGHT + record.tried());
    }

    /** Mean share of the error that goes when it falls: what is declared, moved by what was measured. */
    double gainWhereItHelps(CureRecord record) {
        double weight = PRIOR_WEIGHT * success;
        return (weight * gain + record.gain()) / (weight + record.helped());
    }
}
