/** When a file is whole, what a dropped record is, and what is refused: no I/O, no clock. */
package io.millrace.intake.core;
