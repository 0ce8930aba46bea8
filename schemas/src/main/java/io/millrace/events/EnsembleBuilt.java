package io.millrace.events;

import java.util.List;
import java.util.Optional;

/**
 * The ensemble is selected and packed.
 *
 * @param search the search it was built from
 * @param model the whole ensemble in one archive that {@code millrace predict} reads
 * @param members trials with a weight above 0 and their weights, which add up to 1
 * @param score optimised metric of the ensemble on the out-of-fold rows
 * @param gain how much better than its best member, in units of the metric, with its interval; positive is better
 * @param calibrationError expected calibration error on the out-of-fold rows, 0 to 1; absent for regression
 */
public record EnsembleBuilt(
        SearchCompleted search,
        BlobRef model,
        List<Member> members,
        Score score,
        Score gain,
        Optional<Double> calibrationError)
        implements Event {

    /** A trial of the ensemble and its weight. */
    public record Member(String trial, double weight) {}

    public EnsembleBuilt {
        members = List.copyOf(members);
    }
}
