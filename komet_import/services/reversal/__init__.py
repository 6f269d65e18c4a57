"""What was posted is taken back, by one person or two."""
