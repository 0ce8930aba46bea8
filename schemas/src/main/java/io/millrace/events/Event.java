package io.millrace.events;

/** A fact of the flow. {@link EventType} knows the topic and type name of each. */
public sealed interface Event
        permits DatasetSubmitted,
                DatasetProfiled,
                DatasetRejected,
                RangeTestRequested,
                LearningRateFound,
                TrialRequested,
                TrialTrained,
                TrialFailed,
                TrialEvaluated,
                DecisionMade,
                InterventionAssessed,
                SearchCompleted,
                EnsembleBuilt,
                ModelPublished,
                RunFailed,
                PredictionRequested,
                PredictionMade,
                PredictionFailed {}
