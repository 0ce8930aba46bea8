/** Metrics and their uncertainty. */
package io.millrace.modelling.score;
