package io.millrace.modelling.trees;

import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.score.StepPredictions;
import java.util.List;
import java.util.Optional;

/**
 * Fitted trees and how they came about.
 *
 * @param boosters in XGBoost's UBJ format
 * @param form how their outputs are read
 * @param steps what the rounds predicted for the validation rows; absent where these have not decided which is kept, or are many
 */
record Grown(List<byte[]> boosters, Form form, LearningCurve curve, Optional<StepPredictions> steps) {}
