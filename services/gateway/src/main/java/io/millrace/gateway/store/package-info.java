/** The gateway's PostgreSQL schema through Micronaut Data: recorded events and what was folded from them. */
package io.millrace.gateway.store;
