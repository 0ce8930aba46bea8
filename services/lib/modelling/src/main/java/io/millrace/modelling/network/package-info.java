/** Networks for tables, trained with Deeplearning4j. A network belongs to one thread at a time and must be closed. */
package io.millrace.modelling.network;
