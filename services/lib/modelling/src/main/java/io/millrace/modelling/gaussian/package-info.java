/** Gaussian models, which are solved for: densities of classes, and a process over rows for a number. */
package io.millrace.modelling.gaussian;
