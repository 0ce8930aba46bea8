/** Service scorer: predicts new rows with published models, over HTTP and by event. */
package io.millrace.scorer;
