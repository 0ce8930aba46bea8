/**
 * What networks are built of: layers that run forward and backward on memory made once, optimizers, losses. Matrix
 * products are OpenBLAS's, as ND4J brings it; everything else is loops over heap arrays that the JIT compiler vectorises.
 * Nothing here is safe to share between threads, and whatever is {@link AutoCloseable} owns native memory.
 */
package io.millrace.modelling.layer;
