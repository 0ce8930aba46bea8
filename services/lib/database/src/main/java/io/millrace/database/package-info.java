/** PostgreSQL for the services that keep state there: a schema of one's own and connections to it. */
package io.millrace.database;
