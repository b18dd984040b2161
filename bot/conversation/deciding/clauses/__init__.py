"""Messages of several clauses, read one clause at a time."""
