/** Every metric of the services: what it is called and how it is read. */
package io.millrace.runtime.metrics;
