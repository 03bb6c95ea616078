def train(network, note):
    """Trains an arm to its end and hands each record to `note`."""
    arm = network.arm
    method = globals()[arm["method"]]
    rules = Rules(network)
    steps, stops, changes = iter(due_steps(arm)), arm["stop"], list(arm["changes"])
    is_sgd, step = arm["method"] == "stochastic", arm["step"]
    k, time, network.path, due, check, batch_loss = 0, 0.0, 0.0, next(steps), 0, None
    while True:
        is_due = k >= due or k >= stops["steps"] or k >= check
        if is_due or (batch_loss is not None and rules.is_beyond(batch_loss)):
            is_over = rules.ended(k)
            if is_over or k >= due:
                note(k, time, measured(network))
            if is_over:
                return
            while due <= k:
                due = next(steps)
            between = max(arm["epoch"], 100) if is_sgd else 1
            # A run looks after its first step in any case.
            is_watched = rules.has_limit or not is_sgd
            check = 0 if k == 0 else k + between if is_watched else math.inf
        while changes and changes[0][0] <= k:
            step = changes.pop(0)[1]
        W = network.W
        took, batch_loss = method(network, step, k)
        network.path += np.linalg.norm(network.W - W)
        k, time = k + 1, time + took


def due_steps(arm):
    """The steps at which something is recorded."""
    kind, number = arm["records"]
    yield 0
    step, j = 0, 0
    while True:
        j += 1
        due = j * number if kind == "every" else round_up_half(10 ** ((j - 1) / number))
        if due > step:
            step = due
            yield due


def round_up_half(x):
    """The nearest whole number, the larger of two."""
    return math.floor(x) + (x - math.floor(x) >= 0.5)


class Rules:
    """The rules by which an arm ends."""

    def __init__(self, network):
        arm, Y = network.arm, network.Y
        zero = arm["s"] * network.loss(np.zeros_like(Y), Y)[0]
        self.network, self.stop = network, arm["stop"]
        self.highest = 1e8 * max(self.now()[0], zero)
        self.has_limit = any(self.stop[name] is not None for name in ("error", "loss", "accuracy"))

    def now(self):
        F, Y = self.network.forward(self.network.Phi)[3], self.network.Y
        loss, R = self.network.loss(F, Y)
        return self.network.arm["s"] * loss, R, F

    def is_beyond(self, loss):
        return not math.isfinite(loss) or loss > self.highest

    def ended(self, k):
        loss, R, F = self.now()
        stop, Y = self.stop, self.network.Y
        if self.is_beyond(loss) or k >= stop["steps"]:
            return True
        error = math.sqrt(np.sum(R * R) / np.sum(Y * Y)) if np.sum(Y * Y) > 0 else math.inf
        share = accuracy(self.network.arm, F, Y) or 0.0
        return (
            (stop["error"] is not None and error <= stop["error"])
            or (stop["loss"] is not None and loss <= stop["loss"])
            or (stop["accuracy"] is not None and share >= stop["accuracy"])
        )
