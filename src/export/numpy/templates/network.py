class Network:
    """The network of an arm, its data, and the start of what is measured."""

    def __init__(self, arm, arrays):
        i, k = arm["number"], arm["data"]
        self.arm = arm
        self.sigma, self.loss = globals()[arm["sigma"]], globals()[arm["loss"]]
        self.W, self.V = arrays[f"W0_{i}"], arrays[f"V0_{i}"]
        outputs = self.V.shape[0]
        self.has_c = f"c0_{i}" in arrays
        self.c = arrays[f"c0_{i}"] if self.has_c else np.zeros(outputs)
        self.Phi, self.Phi_test = (
            self.inputs(arrays, f"Phi{which}_{i}", f"X{which}_{k}") for which in ("", "_test")
        )
        self.Y, self.Y_test = arrays[f"Y_{k}"].T, arrays[f"Y_test_{k}"].T
        self.batches = arrays[f"batches_{arm['batches']}"] if "batches" in arm else None
        # The last forward pass on all points; weights are replaced and never changed in place.
        self.known = ((None,) * 4, None)
        self.start = (self.W, self.V, self.forward(self.Phi))

    def inputs(self, arrays, embedded, plain):
        """Φ, with a last column of ones where the neurons have biases."""
        Phi = arrays[embedded] if embedded in arrays else arrays[plain]
        missing = self.W.shape[1] - Phi.shape[1]
        return np.hstack([Phi, np.ones((len(Phi), missing))])

    def forward(self, Phi):
        """H = b·WΦᵀ, σ(H), σ'(H) and F = a·Vσ(H) + c; a column a point."""
        weights = (Phi, self.W, self.V, self.c)
        if all(old is new for old, new in zip(self.known[0], weights)):
            return self.known[1]
        H = self.arm["b"] * self.W @ Phi.T
        S, dS = self.sigma(H)
        result = H, S, dS, self.arm["a"] * self.V @ S + self.c[:, None]
        if Phi is self.Phi:
            self.known = (weights, result)
        return result

    def slopes(self, Phi, Y, s):
        """−γ∇L of W, V and c on some points; L is s·(their loss), γ the factor of a layer's step."""
        arm = self.arm
        _, S, dS, F = self.forward(Phi)
        loss, R = self.loss(F, Y)
        dW = -arm["W_step"] * s * arm["a"] * arm["b"] * ((self.V.T @ R) * dS) @ Phi
        dV = -arm["V_step"] * s * arm["a"] * R @ S.T
        dc = -arm["V_step"] * s * R.sum(axis=1) * self.has_c
        return s * loss, (dW, dV, dc)

    def move(self, length, slopes):
        """θ ← θ + length·slopes."""
        dW, dV, dc = slopes
        self.W, self.V, self.c = self.W + length * dW, self.V + length * dV, self.c + length * dc
