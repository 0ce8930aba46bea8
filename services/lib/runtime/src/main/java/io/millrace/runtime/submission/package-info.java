/** How a data set enters the flow, whichever way it comes: folder, topic, upload or command line. */
package io.millrace.runtime.submission;
