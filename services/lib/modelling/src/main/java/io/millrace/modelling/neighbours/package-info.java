/** Soft nearest neighbours: how near a row is, is learnt. */
package io.millrace.modelling.neighbours;
