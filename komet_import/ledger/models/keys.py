"""The type of keys that a database counts itself."""

from sqlalchemy import BigInteger, Integer

BIG = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite gives an automatic key to INTEGER only; its integers hold 64 bits all the same."""
