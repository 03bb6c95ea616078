//! The laws of the runs kept: what is kept within the budget, and who stands where.
