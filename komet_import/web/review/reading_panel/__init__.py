"""The panel “How your file was read”, and what can be changed on it."""
