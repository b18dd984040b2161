"""From a question to passages, and to an answer with its sources or a named refusal."""
