/** Trains a trial: one configuration, fold after fold, on any family of models. */
package io.millrace.modelling.trial;
