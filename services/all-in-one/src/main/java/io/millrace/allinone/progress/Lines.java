package io.millrace.allinone.progress;

import io.millrace.dataset.Task;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.EnsembleBuilt;
import io.millrace.events.TrialEvaluated;
import java.util.Locale;

/** Events as single lines, shared by both displays. */
final class Lines {
    private Lines() {}

    static String profile(DatasetProfiled e) {
        int features = e.numericFeatures() + e.categoricalFeatures() + e.textFeatures();
        String classes = e.task() == Task.MULTICLASS ? " of " + e.outputs() + " classes" : "";
        return String.format(
                Locale.ROOT,
                "%,d rows to learn from, %,d held out, %d features, %s%s, %d folds, optimising %s",
                e.trainingRows(),
                e.holdoutRows(),
                features,
                e.task().name().toLowerCase(Locale.ROOT),
                classes,
                e.folds(),
                e.metric().wireName());
    }

    static String trial(TrialEvaluated e) {
        int folds = e.artifacts().folds().size();
        return String.format(
                Locale.ROOT,
                "%s %s %s %s on %d fold%s in %.1f s, %s",
                e.trial(),
                e.configuration().family(),
                e.metric().wireName(),
                Numbers.significant(e.score().value()),
                folds,
                folds == 1 ? "" : "s",
                e.wallSeconds(),
                e.diagnosis().verdict().name().toLowerCase(Locale.ROOT));
    }

    static String ensemble(EnsembleBuilt e) {
        return e.members().size() + " members, " + e.search().metric().wireName() + ' '
                + Numbers.significant(e.score().value());
    }
}
