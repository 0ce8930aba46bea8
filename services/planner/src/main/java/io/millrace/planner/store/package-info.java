/** Inbox, versioned state and outbox in PostgreSQL: one transaction per input, published after the commit. */
package io.millrace.planner.store;
