package io.millrace.planner.store;

import io.micronaut.core.annotation.Introspected;

/**
 * How a cure has done on one kind of data, in all runs so far.
 *
 * @param dataKind kind of data
 * @param cure name of the cure
 * @param tried times it was tried
 * @param helped times the error fell
 * @param gain sum of the shares of the error that it took away where it helped
 */
@Introspected
record CureRow(String dataKind, String cure, int tried, int helped, double gain) {}
