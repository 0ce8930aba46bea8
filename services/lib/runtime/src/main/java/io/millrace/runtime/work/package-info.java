/** What happens to one delivered event: tries, the fence between two workers, failure events, metrics. */
package io.millrace.runtime.work;
