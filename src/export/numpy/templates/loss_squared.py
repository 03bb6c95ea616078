def squared(F, Y):
    """½‖F − Y‖² and R = F − Y, its derivative by F; both are outputs × points."""
    R = F - Y
    return 0.5 * np.sum(R * R), R
