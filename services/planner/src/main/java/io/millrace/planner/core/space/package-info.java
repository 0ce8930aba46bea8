/** What the search may choose, family by family, as declarations: values, units and sources of every dimension. */
package io.millrace.planner.core.space;
