"""Mail, the first way out: its words, its header lines, and its way to the mail server."""
