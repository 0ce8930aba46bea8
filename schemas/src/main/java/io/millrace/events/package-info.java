/** The events of the flow. JSON Schemas under {@code /schemas} are the contract; a test holds both together. */
package io.millrace.events;
