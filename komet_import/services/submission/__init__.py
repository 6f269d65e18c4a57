"""A draft is posted: what a click promises, who approves it, what it does to balances, the posting."""
