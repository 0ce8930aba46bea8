/** The gateway's HTTP side on Vert.x. The event loop only moves bytes: everything that blocks runs on worker threads. */
package io.millrace.gateway.http;
