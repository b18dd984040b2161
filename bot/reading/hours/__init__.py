"""A week of work: days, hours, breaks."""
