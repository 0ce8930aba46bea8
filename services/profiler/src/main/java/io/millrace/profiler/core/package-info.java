/** What the profiler decides from counted facts: kinds, target, task, holdout and folds. No I/O, no SQL, no clock. */
package io.millrace.profiler.core;
