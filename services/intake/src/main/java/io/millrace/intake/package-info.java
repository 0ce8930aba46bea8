/** The ways in: an inbox folder and a topic for any Kafka client. */
package io.millrace.intake;
