def softplus(h):
    """σ(h) = log(1 + e^h) and σ'(h) = 1/(1 + e^−h)."""
    e = np.exp(-np.abs(h))
    return np.maximum(h, 0) + np.log1p(e), np.where(h < 0, e, 1.0) / (1 + e)
