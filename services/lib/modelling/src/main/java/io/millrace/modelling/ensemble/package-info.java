/** Ensembles: greedy selection on out-of-fold predictions, the archive that carries a model, and its predictions. */
package io.millrace.modelling.ensemble;
