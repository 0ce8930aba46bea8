package io.millrace.modelling.trial;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.GaussianConfiguration;
import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.gaussian.GaussianLearner;
import io.millrace.modelling.gaussian.GaussianModel;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.neighbours.NeighboursLearner;
import io.millrace.modelling.neighbours.NeighboursModel;
import io.millrace.modelling.network.NetworkLearner;
import io.millrace.modelling.network.NetworkModel;
import io.millrace.modelling.trees.TreesLearner;
import io.millrace.modelling.trees.TreesModel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Which learner fits a configuration, and which reader reads a model.
 *
 * @param byConfiguration learner by type of configuration
 * @param byKind reader by the part {@code kind} of a model
 */
public record Learners(Map<Class<? extends Configuration>, Learner> byConfiguration, Map<String, ModelReader> byKind) {
    public Learners {
        byConfiguration = Map.copyOf(byConfiguration);
        byKind = Map.copyOf(byKind);
    }

    /** Every family that Millrace has. */
    public static Learners standard() {
        return new Learners(
                Map.of(
                        NetworkConfiguration.class,
                        new NetworkLearner(),
                        TreesConfiguration.class,
                        new TreesLearner(),
                        NeighboursConfiguration.class,
                        new NeighboursLearner(),
                        GaussianConfiguration.class,
                        new GaussianLearner()),
                Map.of(
                        NetworkModel.KIND,
                        NetworkModel::read,
                        TreesModel.KIND,
                        TreesModel::read,
                        NeighboursModel.KIND,
                        NeighboursModel::read,
                        GaussianModel.KIND,
                        GaussianModel::read));
    }

    /** The learner for a configuration; throws an IllegalArgumentException where there is none. */
    public Learner learner(Configuration configuration) {
        Learner learner = byConfiguration.get(configuration.getClass());
        if (learner == null) {
            throw new IllegalArgumentException(
                    "no learner fits a " + configuration.getClass().getSimpleName());
        }
        return learner;
    }

    /** Reads one fitted model from its parts; throws an IllegalArgumentException where they are none. */
    public FittedModel read(Map<String, byte[]> parts, DatasetProfile profile) {
        byte[] kind = parts.get("kind");
        if (kind == null) {
            throw new IllegalArgumentException("not a model: it has no part 'kind'");
        }
        String name = new String(kind, StandardCharsets.UTF_8);
        if (name.equals(BaggedModel.KIND)) {
            return BaggedModel.read(parts, profile, this::read);
        }
        ModelReader reader = byKind.get(name);
        if (reader == null) {
            throw new IllegalArgumentException("a model of kind '" + name + "' cannot be read, only "
                    + byKind.keySet().stream().sorted().toList());
        }
        return reader.read(parts, profile);
    }
}
