/** A real Kafka broker in this process and a real PostgreSQL beneath it, for the laptop and for tests. */
package io.millrace.embedded;
