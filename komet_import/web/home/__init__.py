"""The parts of the Data import page: files that are dropped and rows that are pasted, drafts, what waits."""
