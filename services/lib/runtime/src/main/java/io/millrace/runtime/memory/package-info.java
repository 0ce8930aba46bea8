/** Twins of bus and object store in memory: real in every rule, gone with the process. For tests. */
package io.millrace.runtime.memory;
