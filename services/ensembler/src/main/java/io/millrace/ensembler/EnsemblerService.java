package io.millrace.ensembler;

import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.events.SearchCompleted;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import java.util.List;

/** Builds the ensemble of every search that ends. */
public final class EnsemblerService implements Service {
    /** Share group of all ensemblers. */
    public static final String GROUP = "millrace-ensembler";

    private final EnsemblerConfig config;
    private final Platform platform;
    private Subscription subscription;

    public EnsemblerService(EnsemblerConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
    }

    @Override
    public void start() {
        BuildEnsemble build = new BuildEnsemble(config, platform, new EnsemblerMetrics(platform.metrics()));
        subscription =
                platform.bus().work(GROUP, SearchCompleted.class, config.slots(), build, EnsemblerService::givenUp);
    }

    private static List<Emission> givenUp(Envelope<SearchCompleted> input, Exception failure) {
        FailureKind kind = failure instanceof EventHandlingException e && e.kind() == Kind.RETRYABLE
                ? FailureKind.RESOURCE
                : FailureKind.BUG;
        String message = "no ensemble could be built of "
                + input.event().candidates().size() + " candidates: " + failure.getMessage();
        return List.of(new Emission(input.subject(), new RunFailed(input.event().name(), "ensembler", kind, message)));
    }

    @Override
    public boolean ready() {
        return subscription != null && subscription.ready();
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
