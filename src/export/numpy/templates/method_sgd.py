def stochastic(network, step, k):
    """A step on batch number k; gives its time and the loss of the batch before it."""
    points = network.batches[k]
    n, outputs = network.Phi.shape[0], len(network.V)
    # A shorter batch is filled up with n, which is no point.
    points = points[points < n]
    s = {
        "Sum": 1.0,
        "Mean": 1.0 / len(points),
        "Average": 2.0 / len(points),
        "MeanSquaredError": 2.0 / (len(points) * outputs),
    }[network.arm["over"]]
    loss, slopes = network.slopes(network.Phi[points], network.Y[:, points], s)
    network.move(step, slopes)
    return step * s * len(points) / n, loss
