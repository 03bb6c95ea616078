def cross_entropy(F, Y):
    """−Σ y·log softmax(f) and R = softmax(f)·Σy − y, its derivative by F, outputs × points."""
    top = F.max(axis=0)
    log_sum = top + np.log(np.sum(np.exp(F - top), axis=0))
    with np.errstate(invalid="ignore"):
        loss = np.sum(np.where(Y != 0, Y * (log_sum - F), 0.0))
    return loss, Y.sum(axis=0) * np.exp(F - log_sum) - Y
