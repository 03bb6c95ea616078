def measure_features(network, found):
    """How far the features H are from their start H₀."""
    arm = network.arm
    W0, V0, (H0, _, _, F0) = network.start
    H, _, _, F = network.forward(network.Phi)
    found["feature_movement"] = np.mean(np.abs(H - H0))
    found["relative_feature_movement"] = np.sum(np.abs(H - H0)) / np.sum(np.abs(H0))
    found["feature_size"] = np.mean(np.abs(H))
    found["pattern_changes"] = np.mean(np.sign(H) != np.sign(H0))
    if len(V0) == 1 and arm["V_step"] == 0 and np.isfinite(arm["lipschitz"]):
        scale = arm["a"] * len(W0) * np.abs(V0).max() * arm["lipschitz"]
        found["feature_movement_bound"] = np.mean(np.abs(F - F0)) / scale
