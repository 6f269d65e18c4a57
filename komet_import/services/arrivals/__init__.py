"""Files that come in, and what else they may be read as; the sample that people fill in."""
