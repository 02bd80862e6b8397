"""Numerics shared by metrics: splines, the tachogram on an even grid, smoothness priors, Welch's spectrum. All pure."""
