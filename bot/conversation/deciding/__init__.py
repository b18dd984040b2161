"""One place decides what a message leads to."""
