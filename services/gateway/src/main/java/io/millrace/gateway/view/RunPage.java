package io.millrace.gateway.view;

import java.util.List;
import java.util.Optional;

/**
 * Some runs, newest first.
 *
 * @param runs the runs
 * @param next cursor of the next page; absent on the last
 */
public record RunPage(List<RunView> runs, Optional<String> next) {}
