package io.millrace.planner.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.events.DatasetProfiled;
import java.util.Optional;

/**
 * A trial with a problem, as the conditions and changes of {@link Cures} see it.
 *
 * @param trial the trial
 * @param look its first look, whose evidence is known
 * @param dataset what it was trained on
 * @param found where its range test says that such a network should train; absent for other trials
 */
record Patient(Trial trial, Outcome look, DatasetProfiled dataset, Optional<LearningRateRange> found) {
    /** A number of the diagnosis by its name; 0 where it was not judged. */
    double evidence(String name) {
        return look.evidence().getOrDefault(name, 0.0);
    }

    /** Where it was trained, if a cure had it trained elsewhere than its range test says. */
    Optional<LearningRateRange> curedRate() {
        return trial.learningRate().filter(r -> trial.intervention().isPresent() && !found.equals(Optional.of(r)));
    }

    /** Its configuration, where it is a network with hidden layers or without. */
    Optional<NetworkConfiguration> network() {
        return trial.configuration() instanceof NetworkConfiguration n ? Optional.of(n) : Optional.empty();
    }

    /** Its configuration, where it is boosted trees; a forest has no rounds and no steps to change. */
    Optional<TreesConfiguration> boosting() {
        return trial.configuration() instanceof TreesConfiguration t
                        && !t.family().equals(TreesConfiguration.FOREST)
                ? Optional.of(t)
                : Optional.empty();
    }
}
