"""A local Bot API server with a chat page: the demo and the end-to-end tests need no token."""
