/** Data sets in memory: read once per process, read-only, shared between trials. */
package io.millrace.modelling.table;
