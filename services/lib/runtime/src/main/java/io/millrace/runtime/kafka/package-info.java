/** The bus on Kafka: share groups as work queues, consumer groups for those that follow, plain consumers for those that watch. */
package io.millrace.runtime.kafka;
