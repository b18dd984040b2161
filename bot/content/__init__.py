"""Reads knowledge/ and prompts/, and refuses a bad file with its path and line, in French."""
