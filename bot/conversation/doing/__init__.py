"""What is done: the draft, the request, the person's data."""
