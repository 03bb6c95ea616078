# Dormand and Prince's method of order 5, with the error of the embedded one of order 4.
STAGES = [
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]


def flow(network, step, k):
    """Follows dθ/dt = −γ∇L for the time `step`; the kinks of ReLU are stepped over."""
    s, tolerance = network.arm["s"], network.arm["tolerance"]
    done, inner = 0.0, getattr(network, "inner", step)
    while done < step:
        inner = min(inner, step - done)
        start = (network.W, network.V, network.c)
        slopes = [network.slopes(network.Phi, network.Y, s)[1]]
        for weights in STAGES:
            network.W, network.V, network.c = start
            network.move(inner, combined(weights, slopes))
            slopes.append(network.slopes(network.Phi, network.Y, s)[1])
        eW, eV, _ = combined(ERROR, slopes)
        H = network.forward(network.Phi)[0]
        eH = network.arm["b"] * eW @ network.Phi.T
        parts = [(eH, H), (eV, network.V)]
        error = inner * max(np.linalg.norm(e) / (np.linalg.norm(x) or 1.0) for e, x in parts)
        accepted = error <= tolerance
        if accepted:
            done = step if inner >= step - done else done + inner
        else:
            network.W, network.V, network.c = start
        change = min(max(0.9 * (tolerance / error) ** 0.2, 0.2), 5.0) if error > 0 else 5.0
        inner *= change
        network.inner = max(inner, getattr(network, "inner", 0.0)) if done == step else inner
    return step * s, None


def combined(weights, slopes):
    """Σ weightᵢ·slopeᵢ of W, V and c."""
    return [sum(w * x for w, x in zip(weights, parts)) for parts in zip(*slopes)]
