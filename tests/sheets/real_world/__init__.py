"""Sheets as the world writes them: built by script, each with what is right of it, and a neighbor of each."""
