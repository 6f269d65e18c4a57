"""What pages share: the guard and the sign-in, guarded callbacks, the way to a page, small parts."""
