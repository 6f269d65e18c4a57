"""Drafts: opened, judged by the facts of now, edited step by step, deleted and brought back."""
