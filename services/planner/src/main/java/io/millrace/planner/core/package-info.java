/** The search as a pure fold over a run's events: no clock, no I/O, no unseeded random. */
package io.millrace.planner.core;
