def measure_kernel(network, found):
    """Change, trace and alignment of the tangent kernel K."""
    K = kernel(network)
    if not hasattr(network, "K0"):
        network.K0 = K
    y = network.Y.T.reshape(-1)
    found["ntk_change"] = np.linalg.norm(K - network.K0) / np.linalg.norm(network.K0)
    found["ntk_trace"] = np.trace(K)
    found["kernel_alignment"] = y @ K @ y / (np.linalg.norm(K) * (y @ y))
