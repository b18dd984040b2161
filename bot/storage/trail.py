"""The identifier of what is being handled, for every line of log written meanwhile: a number, never a person."""

from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request", default="")
"""« u » and the update's number during a turn; empty outside."""
