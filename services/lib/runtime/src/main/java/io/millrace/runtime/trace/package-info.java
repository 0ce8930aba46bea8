/** What ties the events of a run together for whoever looks on: trace context, ids in log lines, spans. */
package io.millrace.runtime.trace;
