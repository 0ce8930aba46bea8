/** Service evaluator: scores and diagnoses trials, opens the holdout once, publishes the model. */
package io.millrace.evaluator;
