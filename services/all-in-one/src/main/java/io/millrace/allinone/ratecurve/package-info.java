/** Draws the curve of a learning-rate range test, in the terminal and as SVG. */
package io.millrace.allinone.ratecurve;
