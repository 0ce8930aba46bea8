/** The learning-rate range test: a sweep, the rules that read it, and the range that is chosen. */
package io.millrace.modelling.rangetest;
