"""What a message says, before anything is done; reads, never writes."""
