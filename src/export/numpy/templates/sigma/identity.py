def identity(h):
    """σ(h) = h and σ'(h)."""
    return h, np.ones_like(h)
