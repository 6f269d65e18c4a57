"""The audit trail: which entries are wanted, what they say, and the whole of it to take away."""
