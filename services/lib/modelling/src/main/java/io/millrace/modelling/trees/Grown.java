package io.millrace.modelling.trees;

import io.millrace.modelling.learn.LearningCurve;
import java.util.List;

/** Fitted boosters in XGBoost's UBJ format, how to read their outputs, and how they came about. */
record Grown(List<byte[]> boosters, Form form, LearningCurve curve) {}
