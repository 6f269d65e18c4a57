"""Writing workbooks: whatever is written comes out again as the same value, and never as a formula."""
