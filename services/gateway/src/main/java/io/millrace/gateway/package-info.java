/** The gateway: follows every event, keeps what users ask for in PostgreSQL, and answers over HTTP. */
package io.millrace.gateway;
