/** What a trial trains, as plain values: the planner chooses them, the modelling library carries them out. */
package io.millrace.configuration;
