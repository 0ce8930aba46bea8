/** What the trainer decides, without any I/O. */
package io.millrace.trainer.core;
