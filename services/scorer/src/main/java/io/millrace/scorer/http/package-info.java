/** The scorer's HTTP side on Vert.x. The event loop only moves bytes: models are opened and rows predicted on worker threads. */
package io.millrace.scorer.http;
