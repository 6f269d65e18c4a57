"""Words of sheets that say something wherever they stand: totals, counts, scales, delays, days by name."""
