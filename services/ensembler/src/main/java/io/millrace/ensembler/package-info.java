/** Service ensembler: selects the ensemble on out-of-fold predictions and packs it. */
package io.millrace.ensembler;
