/** What the evaluator decides, without stores, clocks or brokers. */
package io.millrace.evaluator.core;
