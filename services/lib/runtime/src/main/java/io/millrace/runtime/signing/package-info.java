/** Signatures of models: who made them can be told, and an altered one is noticed. */
package io.millrace.runtime.signing;
