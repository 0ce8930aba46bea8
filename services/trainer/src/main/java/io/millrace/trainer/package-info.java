/** Trains trials: takes {@code trial.requested}, answers {@code trial.trained} or {@code trial.failed}. */
package io.millrace.trainer;
