"""Words and buttons of a reply."""
