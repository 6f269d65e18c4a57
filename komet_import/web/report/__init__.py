"""The parts of the Report page: the receipt, the rejected rows, the reversal."""
