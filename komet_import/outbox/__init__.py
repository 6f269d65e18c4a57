"""What LEAVES: written in the transaction of what it reports, kept in one queue, sent from there.

`mail_queue`   the messages that wait: leased by one sender at a time, tried again, given up at last
`dispatcher`   sends what is due, in a thread of the server or once from the terminal
`bells`        ring for it once something is queued
`queries`      what the pages Messages and Mail show
`mail`         the way out that there is: words, header lines, the mail server
"""
