#!/usr/bin/env python3
"""Trains the networks of an experiment of widescope again, with NumPy alone and in double precision.

    f(x) = a·V σ(b·W Φ(x)) + c,    W: m × D, V: outputs × m, c: outputs (0 where there are no biases)

The file NAME.npz beside this script NAME.py holds the points, the initial weights and, for stochastic
gradient descent, the batches. Prints what it measures; --out FILE writes it as a table whose columns
are those of widescope's series.csv. A run of the same experiment with --set precision=F64 gives the
same numbers to rounding, under gradient flow to the tolerance of the integration.
"""
