/** What every service that answers over HTTP has: who may call, problem documents, protection of browsers, and the server itself. */
package io.millrace.http;
