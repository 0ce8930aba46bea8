/** Linear models that are solved for rather than trained, and the algebra that they and Gaussian models need. */
package io.millrace.modelling.linear;
