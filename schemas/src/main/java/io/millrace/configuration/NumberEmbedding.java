package io.millrace.configuration;

/** How numbers enter a network beside themselves. */
public enum NumberEmbedding {
    /** As they are only. */
    NONE,
    /** Learned features of cosines (Holzmueller et al. 2024, PBLD). */
    PERIODIC,
    /** Learned features that are piecewise linear between quantiles (Gorishniy et al. 2022). */
    PIECEWISE_LINEAR
}
