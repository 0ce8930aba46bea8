package io.millrace.modelling.gaussian;

/**
 * How far densities of classes are drawn to simpler ones.
 *
 * @param pooling weight of a row of other classes in a class's covariance: near 0 is quadratic, 1 linear discriminant analysis
 * @param shrinkage share of it that gives way to the mean variance within classes, in all directions
 * @param trust power that a row's density is taken to: columns that tell the same are counted once for each. Of a factor of a
 *     {@link DensityProduct} it is that times the factor's weight
 */
record Regularisation(double pooling, double shrinkage, double trust) {}
