/** Events as CloudEvents 1.0 in Kafka's binary mode, and the one JSON form of everything that is stored. */
package io.millrace.runtime.codec;
