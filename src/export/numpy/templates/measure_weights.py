def measure_weights(network, found):
    """How far the weights are from their start."""
    W0, V0, _ = network.start
    dW, dV = network.W - W0, network.V - V0
    found["weight_distance"] = np.linalg.norm(dW)
    found["relative_weight_distance"] = np.linalg.norm(dW) / np.linalg.norm(W0)
    found["max_neuron_distance"] = np.linalg.norm(dW, axis=1).max()
    found["output_distance"] = np.linalg.norm(dV)
    found["path_length"] = network.path
