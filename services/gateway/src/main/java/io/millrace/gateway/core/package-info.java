/** Pure folds of events into what the gateway shows: runs, trials, range tests, leaderboards. No I/O, no clock. */
package io.millrace.gateway.core;
