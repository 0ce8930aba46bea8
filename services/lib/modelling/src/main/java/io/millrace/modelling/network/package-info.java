/** Networks for tables and their training. A network belongs to one thread at a time and must be closed. */
package io.millrace.modelling.network;
