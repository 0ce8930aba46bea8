package io.millrace.gateway.view;

import java.util.List;

/** The range tests of a run, by candidate. */
public record RangeTests(String run, List<RangeTestView> rangeTests) {}
