/** Service range-tester: finds the learning rates at which a network trains. */
package io.millrace.rangetester;
