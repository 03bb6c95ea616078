def relu(h):
    """σ(h) = max(h, 0) and σ'(h), which is 0 at 0."""
    return np.where(h < 0, 0.0, h), (h > 0).astype(float)
