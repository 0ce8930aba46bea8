/** What the scorer decides without any input or output of its own. */
package io.millrace.scorer.core;
