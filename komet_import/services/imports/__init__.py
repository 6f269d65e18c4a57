"""Imports that are done: their report, their rows, what happened to them, and the history of them all."""
