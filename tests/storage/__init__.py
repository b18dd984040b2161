"""The database: turns, effects, delivery, erasure."""
