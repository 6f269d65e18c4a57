"""What people are told by mail, in the transaction of what it tells."""
