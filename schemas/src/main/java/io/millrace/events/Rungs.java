package io.millrace.events;

/** What the rungs of successive halving add to a trial. */
public enum Rungs {
    /** Folds: a trial is trained to its end on the first fold, and the leaders on others. */
    FOLDS,
    /** Epochs first: a dear network pauses on the first fold, the leaders of its family go on from there, and then folds. */
    EPOCHS
}
