package io.millrace.runtime.work;

import io.millrace.events.Event;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.Work;
import io.millrace.runtime.codec.CloudEvents;
import java.util.List;
import java.util.Optional;

/**
 * The fence around a handler: an event that has its outcome is not handled again, and of two workers that handle the
 * same event at once the first to record its outcome wins; the other returns the winner's. Where what stands is a failure it
 * is thrown as a {@link StandingOutcomeException}, so that whoever finds it rejects the record: who recorded it may have died
 * before. Tries that ended without an outcome are counted in the blob store. The broker's count of deliveries is none of
 * tries: it does not survive a restart, and what a closing worker gives back counts there too.
 */
public final class RecordedHandler<E extends Event> implements EventHandler<E> {
    private final EventHandler<E> handler;
    private final Outcomes outcomes;
    private final int attempts;

    /**
     * @param group share group; names the place of its outcomes
     * @param attempts tries in all; the last one's failure comes as a {@link LastTryFailedException}, and where no failure
     *     was told because the worker died, the next delivery is poison
     */
    public RecordedHandler(EventHandler<E> handler, BlobStore blobs, String group, int attempts) {
        this.handler = handler;
        this.outcomes = new Outcomes(blobs, group);
        this.attempts = attempts;
    }

    @Override
    public List<Emission> handle(Envelope<E> input, Work work) throws Exception {
        Optional<Outcome> recorded = outcomes.find(input.id());
        if (recorded.isPresent()) {
            return result(recorded.get());
        }
        int before = outcomes.begin(input.id());
        if (before >= attempts) {
            throw new EventHandlingException(
                    Kind.POISON,
                    "the worker died or failed in each of " + before
                            + " tries; look for an out-of-memory kill in the system's log",
                    null);
        }
        // A handler that does not end in time cannot say itself that its try does not count: the process ends before.
        work.onGivenBack(() -> outcomes.forgive(input.id(), before));
        List<Emission> emissions;
        try {
            emissions = handler.handle(input, work);
        } catch (Exception e) {
            if (work.cancelled()) {
                outcomes.forgive(input.id(), before);
            } else if (before + 1 >= attempts) {
                throw new LastTryFailedException(e);
            }
            throw e;
        }
        return result(settle(input, Outcome.result(emissions)));
    }

    private static List<Emission> result(Outcome standing) {
        if (standing.givenUp()) {
            throw new StandingOutcomeException(standing);
        }
        return standing.emissions();
    }

    /** Makes this the outcome. One that cannot be published must not be: it would come back in every delivery, for ever. */
    private Outcome settle(Envelope<E> input, Outcome outcome) {
        try {
            outcome.emissions().forEach(emission -> CloudEvents.value(emission.subject(), emission.event()));
        } catch (IllegalArgumentException e) {
            throw new EventHandlingException(Kind.POISON, "the outcome cannot be published: " + e.getMessage(), e);
        }
        Outcome standing = outcomes.claim(input.id(), outcome);
        outcomes.forget(input.id());
        return standing;
    }

    /**
     * Failure events under the same fence: a failure is told only where no other worker came to a result, which is thrown as a
     * {@link StandingOutcomeException}.
     */
    public FailureEvents<E> recorded(FailureEvents<E> onFailure) {
        return (input, failure) -> {
            Outcome standing = settle(input, Outcome.failure(onFailure.of(input, failure)));
            if (!standing.givenUp()) {
                throw new StandingOutcomeException(standing);
            }
            return standing.emissions();
        };
    }
}
