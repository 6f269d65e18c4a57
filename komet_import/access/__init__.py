"""Who may: users and their passwords, the roles they hold, the browsers they are signed in with.

`roles` says what a role may import; `users` adds and changes people, `user_details` checks what
is typed of them; `password_check` checks a password; `sessions` turns a checked one into a cookie and a
cookie into a `CurrentUser`; `browsers` knows those that a person has signed in from; `throttle` slows down
guessing. Rights are read from the database each time they matter, so that a change holds from the next click
on.
"""
