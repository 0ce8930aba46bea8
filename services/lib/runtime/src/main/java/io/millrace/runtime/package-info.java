/** What every service runs on: the bus, the worker loop, the object store, configuration, lifecycle and metrics. */
package io.millrace.runtime;
