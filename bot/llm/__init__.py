"""A language model that listens and points, and never words: the only package that talks to one. Off by default."""
