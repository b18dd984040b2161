"""Typed words into values, a question back, or a refusal; no dialogue, no storage."""
