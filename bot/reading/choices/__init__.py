"""One of a few: a number, yes or no, an aim, a situation."""
