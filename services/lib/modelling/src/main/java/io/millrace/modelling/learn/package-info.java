/** What every family of models has in common: a job goes in, a fitted model and its learning curve come out. */
package io.millrace.modelling.learn;
