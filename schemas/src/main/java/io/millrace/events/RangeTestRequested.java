package io.millrace.events;

import io.millrace.configuration.NetworkConfiguration;
import java.time.Instant;
import java.util.Optional;

/**
 * The planner wants to know at which learning rates a network trains.
 *
 * @param candidate name of the network within the run; also the work id
 * @param network network and optimizer to test
 * @param table typed table
 * @param profile profile of the table
 * @param seed seed of initial weights and batches
 * @param deadline when to stop with what there is; absent when the run counts trials
 */
public record RangeTestRequested(
        String candidate,
        NetworkConfiguration network,
        BlobRef table,
        BlobRef profile,
        long seed,
        Optional<Instant> deadline)
        implements Event {}
