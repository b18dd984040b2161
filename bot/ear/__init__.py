"""What a message sounds like: acts learnt from the examples of `knowledge/paroles`, weighed in under a millisecond."""
