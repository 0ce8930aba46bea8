/** The planner: the one service that remembers. */
package io.millrace.planner;
