/** Encoders: from columns to what a network sees. Fitted on training rows only, stored with the model as JSON. */
package io.millrace.modelling.encode;
