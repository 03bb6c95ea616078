def kernel(network):
    """K = JJᵀ on the training points; row a·outputs + p belongs to output p at point a."""
    arm, V, Phi = network.arm, network.V, network.Phi
    _, S, dS, _ = network.forward(Phi)
    outputs, n = len(V), len(Phi)
    K = np.zeros((n, outputs, n, outputs))
    if arm["W_step"] > 0:
        # L has v_pr·σ'(h_ra) in row (a, p) and column r.
        L = (dS.T[:, None, :] * V[None, :, :]).reshape(n * outputs, -1)
        inner = (L @ L.T).reshape(n, outputs, n, outputs)
        K += (arm["a"] * arm["b"]) ** 2 * inner * (Phi @ Phi.T)[:, None, :, None]
    if arm["V_step"] > 0:
        one = arm["a"] ** 2 * (S.T @ S) + (1.0 if network.has_c else 0.0)
        for p in range(outputs):
            K[:, p, :, p] += one
    return K.reshape(n * outputs, n * outputs)
