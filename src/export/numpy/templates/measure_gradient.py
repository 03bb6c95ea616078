def measure_gradient(network, found):
    """‖∇L‖ in the trained weights and ‖∇L‖²/L."""
    arm = network.arm
    loss, slopes = network.slopes(network.Phi, network.Y, arm["s"])
    factors = (arm["W_step"], arm["V_step"], arm["V_step"])
    squared = sum(np.sum((x / g) ** 2) for x, g in zip(slopes, factors) if g > 0)
    found["gradient_norm"] = math.sqrt(squared)
    found["pl_ratio"] = squared / loss if loss > 0 else None
