/** Which of the three problems a trial has: optimization, generalization or variance. */
package io.millrace.modelling.diagnosis;
