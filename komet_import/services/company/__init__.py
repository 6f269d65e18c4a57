"""What an Admin sees to, and what people see to of their own: users, locations, periods, sessions, mails."""
