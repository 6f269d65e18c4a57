"""The parts of the Users page."""
