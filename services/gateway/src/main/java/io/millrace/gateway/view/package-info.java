/** What the gateway answers, as plain records; {@code openapi.yaml} describes them. */
package io.millrace.gateway.view;
