"""The Audit trail page: what it is filtered by, its lines, and one entry in full."""
