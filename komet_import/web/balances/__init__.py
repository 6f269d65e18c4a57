"""The parts of the Balances page."""
