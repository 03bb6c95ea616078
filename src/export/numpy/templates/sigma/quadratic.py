def quadratic(h):
    """σ(h) = h² and σ'(h) = 2h."""
    return h * h, 2 * h
