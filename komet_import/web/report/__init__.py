"""The parts of the pages Report and History: the receipt, the rejected rows, the reversal."""
