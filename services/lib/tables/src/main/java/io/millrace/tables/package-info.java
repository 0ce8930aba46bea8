/** Typed tables, as the profiler stored them, out of the object store. */
package io.millrace.tables;
