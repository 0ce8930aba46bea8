/** Trees by XGBoost: gradient boosting with early stopping, and random forests. */
package io.millrace.modelling.trees;
