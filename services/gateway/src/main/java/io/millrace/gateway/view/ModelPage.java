package io.millrace.gateway.view;

import java.util.List;
import java.util.Optional;

/**
 * Some models by name.
 *
 * @param models the latest of each name
 * @param next cursor of the next page; absent on the last
 */
public record ModelPage(List<ModelSummary> models, Optional<String> next) {}
