"""Where the header is, what it means, and what the lines above it, other tables and comments say of it."""
