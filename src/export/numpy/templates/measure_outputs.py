def measure_outputs(network, found):
    """Losses, relative error and shares of points named rightly."""
    arm = network.arm
    F, Y = network.forward(network.Phi)[3], network.Y
    loss, R = network.loss(F, Y)
    found["train_loss"] = arm["s"] * loss
    if arm["loss"] == "squared" and np.sum(Y * Y) > 0:
        found["relative_error"] = math.sqrt(np.sum(R * R) / np.sum(Y * Y))
    if network.Y_test.shape[1] > 0:
        F_test = network.forward(network.Phi_test)[3]
        found["test_loss"] = arm["s_test"] * network.loss(F_test, network.Y_test)[0]
        found["test_accuracy"] = accuracy(arm, F_test, network.Y_test)
    found["train_accuracy"] = accuracy(arm, F, Y)


def accuracy(arm, F, Y):
    """Share of points whose output has the target's sign, or is largest for the true class."""
    if arm["labels"] == "signed":
        return np.mean(np.all(F * Y > 0, axis=0))
    if arm["labels"] == "one-hot":
        is_right = F.argmax(axis=0) == Y.argmax(axis=0)
        return np.mean(is_right & ~np.isnan(F).any(axis=0))
    return None
