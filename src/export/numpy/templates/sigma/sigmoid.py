def sigmoid(h):
    """σ(h) = 1/(1 + e^−h) and σ'(h) = σ(1 − σ)."""
    e = np.exp(-np.abs(h))
    s = np.where(h < 0, e, 1.0) / (1 + e)
    return s, s * (1 - s)
