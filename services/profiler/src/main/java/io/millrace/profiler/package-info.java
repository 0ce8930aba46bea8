/** The profiler: a data set goes in, a typed table with its profile, or a reason why not, comes out. */
package io.millrace.profiler;
