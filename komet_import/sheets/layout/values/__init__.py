"""Texts read as values: amounts, days, and what a column is full of. What has two readings is a doubt."""
