package io.millrace.rangetester;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.UsualRates;
import io.millrace.events.BlobRef;
import io.millrace.events.LearningRateFound;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.Suggestions;
import io.millrace.modelling.rangetest.RangeCurve;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.codec.Json;
import java.util.List;
import java.util.Optional;

/**
 * A range test that is given up must not hold up its run: the candidate gets the rates that mostly work, an empty curve
 * and no suggestions.
 */
record UsualRateInstead(BlobStore blobs, RangeTesterMetrics metrics) implements FailureEvents<RangeTestRequested> {
    @Override
    public List<Emission> of(Envelope<RangeTestRequested> input, Exception failure) {
        RangeTestRequested asked = input.event();
        LearningRateRange usual = UsualRates.of(asked.network());
        RangeCurve none = new RangeCurve(List.of(), List.of(), List.of(), "failed");
        BlobRef curve = blobs.put(CurveBlobs.key(input), Json.write(none));
        Suggestions suggestions =
                new Suggestions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        metrics.usualRate();
        return List.of(new Emission(
                input.subject(),
                new LearningRateFound(
                        asked.candidate(),
                        asked.network(),
                        curve,
                        suggestions,
                        usual,
                        1,
                        0,
                        Optional.empty(),
                        none.thinned())));
    }
}
