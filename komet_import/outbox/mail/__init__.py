"""Mail, the first way out: its words (`result`: of a posted batch), header lines, and way to the server."""
