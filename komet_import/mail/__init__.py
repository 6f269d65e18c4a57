"""What is SENT: the result of a posting as a mail, kept in the outbox and sent from there.

- `messages` writes a mail's subject, HTML and text from a receipt;
- `outbox` keeps it, in the transaction of what it reports, and hands it out to one dispatcher at a time;
- `smtp` hands one mail to the mail server, through yagmail;
- `dispatcher` sends what is due, in a thread of the server or once from the terminal;
- `queries` is what the pages Messages and Mail show.

Nothing is lost without a mail server: the mail stays in the outbox, can be read in the app, and says so.
"""
