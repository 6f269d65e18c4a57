"""Reading a file safely: its bytes are looked at, then parsed in a disposable child process."""
