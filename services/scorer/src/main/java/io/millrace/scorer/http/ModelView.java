package io.millrace.scorer.http;

import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.ModelPublished;
import io.millrace.scorer.core.Published;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model that rows can be predicted with.
 *
 * @param event id of the event that published it, which tells versions of a name apart
 * @param sha256 of its archive
 * @param features columns that rows must have, of one model alone: they are in its archive
 * @param classes labels that it can predict, of one model alone
 */
record ModelView(
        String name,
        String event,
        String run,
        Instant publishedAt,
        Task task,
        String target,
        Metric metric,
        String sha256,
        Optional<List<String>> features,
        Optional<List<String>> classes) {

    /** The models of an answer. */
    record All(List<ModelView> models) {}

    static ModelView of(Published published) {
        return of(published, Optional.empty());
    }

    static ModelView of(Published published, Optional<DatasetProfile> profile) {
        ModelPublished model = published.model();
        return new ModelView(
                model.name(),
                published.event(),
                model.run(),
                model.publishedAt(),
                model.task(),
                model.target(),
                model.metric(),
                model.model().sha256(),
                profile.map(p -> p.features().stream().map(ColumnProfile::name).toList()),
                profile.map(DatasetProfile::classes));
    }
}
