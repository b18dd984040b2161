"""The database (a Django app): the inbox, sessions, the outbox, demandes and their events."""
