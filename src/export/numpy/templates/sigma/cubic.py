def cubic(h):
    """σ(h) = h³ and σ'(h) = 3h²."""
    return h * h * h, 3 * h * h
