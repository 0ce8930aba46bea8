package io.millrace.events;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import java.util.Optional;

/**
 * A range test is done.
 *
 * @param candidate name of the network within the run
 * @param network network and optimizer that were tested
 * @param curve rates, raw and smoothed losses as JSON
 * @param suggestions what each rule suggests
 * @param chosen usable range, its max being the rate that one-cycle peaks at
 * @param agreement largest divided by smallest suggestion, 1 or more
 * @param cpuSeconds processor time spent
 * @param confidence how clearly the loss falls, 0 to 1: its fall divided by fall and noise; absent without a curve
 * @param rateCurve the curve for drawing; absent where the test failed, and in events from before there was one
 */
public record LearningRateFound(
        String candidate,
        NetworkConfiguration network,
        BlobRef curve,
        Suggestions suggestions,
        LearningRateRange chosen,
        double agreement,
        double cpuSeconds,
        Optional<Double> confidence,
        Optional<RateCurve> rateCurve)
        implements Event {}
