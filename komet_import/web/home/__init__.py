"""The parts of the Data import page: files that are dropped, drafts, the sample."""
