def tanh(h):
    """σ(h) = tanh h and σ'(h) = 1 − tanh² h."""
    t = np.tanh(h)
    return t, 1 - t * t
