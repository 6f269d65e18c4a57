"""The dialogs of Review."""
