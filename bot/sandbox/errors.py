"""What Telegram answers when it refuses, in its own words."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A refusal: HTTP status, description, and Telegram's `parameters` (retry_after…)."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON body that goes with the status."""
        said = {"ok": False, "error_code": self.code, "description": self.description}
        return said | ({"parameters": dict(self.parameters)} if self.parameters else {})


def bad(description: str) -> ApiError:
    """A 400."""
    return ApiError(400, f"Bad Request: {description}")


def flood(seconds: int) -> ApiError:
    """A 429."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def blocked() -> ApiError:
    """A 403."""
    return ApiError(403, "Forbidden: bot was blocked by the user")
