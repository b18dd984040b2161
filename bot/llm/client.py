"""One call to a chat model, through LangChain: any provider by name, OpenAI-compatible servers by their address."""

import importlib.util
import json
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from bot.llm.request import Fault, Given, Request

TIMEOUT = 4.0
"""Seconds: somebody waits on the other side."""

MOST_TOKENS = 400
LONGEST = 16_000
"""Characters of a reply that is still read: what was asked fits in a tenth of it."""

_STATUS: Mapping[int, tuple[str, bool]] = {
    400: ("refused by the server (400): does this model give structured output?", True),
    401: ("the key is refused (401): check LLM_API_KEY", True),
    403: ("not allowed (403): check LLM_API_KEY", True),
    404: ("no such model or address (404): check LLM_MODEL and LLM_BASE_URL", True),
    422: ("refused by the server (422): does this model give structured output?", True),
    429: ("too many calls (429)", False),
}


class ChainClient:
    """The `Caller` over `init_chat_model` with structured output; opened once, on the first call or before it."""

    def __init__(self, model: str, *, base_url: str = "", key: str = "", timeout: float = TIMEOUT) -> None:
        self._model, self._base_url, self._key, self._timeout = model, base_url, key, timeout
        self._chat: Any = None
        self._shaped: dict[str, Any] = {}
        self._lock = Lock()

    def open(self) -> None:
        """Import the provider and make its client, which takes seconds; raises Fault where it cannot be."""
        with self._lock:
            if self._chat is None:
                self._chat = _opened(self._model, self._options())

    def call(self, request: Request) -> Given:
        """As the port says; nothing is tried twice, and nothing is traced elsewhere."""
        self.open()
        from langsmith import tracing_context

        try:
            with tracing_context(enabled=False):
                found = self._asking(request).invoke([("system", request.system), ("human", request.user)])
        except Exception as error:
            raise _fault(error) from None
        return _given(found)

    def _asking(self, request: Request) -> Any:
        """The model bound to a shape of reply: there are a dozen, made once."""
        shape = json.dumps(request.schema, sort_keys=True)
        if shape not in self._shaped:
            self._shaped[shape] = self._chat.with_structured_output(dict(request.schema), include_raw=True)
        return self._shaped[shape]

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"timeout": self._timeout, "max_retries": 0, "temperature": 0}
        if not self._base_url:
            return options | {"max_tokens": MOST_TOKENS} | ({"api_key": self._key} if self._key else {})
        # Servers that speak OpenAI's language know `max_tokens`, not always the name that replaced it.
        limits = {"extra_body": {"max_tokens": MOST_TOKENS}}
        return options | limits | {"base_url": self._base_url, "api_key": self._key or "none"}


def _opened(model: str, options: Mapping[str, Any]) -> Any:
    try:
        from langchain.chat_models import init_chat_model

        return init_chat_model(model, **options)
    except ImportError as error:
        raise Fault(f"a package is missing ({error.name}): pip install '.[modele]'", lasting=True) from None
    except Exception as error:
        raise Fault(
            f"LLM_MODEL does not open ({type(error).__name__}): write it provider:model, and give its LLM_API_KEY",
            lasting=True,
        ) from None


def _given(found: Any) -> Given:
    raw, parsed = found.get("raw"), found.get("parsed")
    content = getattr(raw, "content", "")
    if len(str(content)) > LONGEST:
        raise Fault("reply too long")
    if not isinstance(parsed, Mapping):
        raise Fault("reply not in the shape asked for")
    usage = getattr(raw, "usage_metadata", None) or {}
    return Given(parsed, int(usage.get("total_tokens") or 0))


def _fault(error: Exception) -> Fault:
    """The kind of an error: its own words may quote what was sent."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        kind, lasting = _STATUS.get(status, (f"the server fails ({status})", False))
        return Fault(kind, wait=_retry_after(error), lasting=lasting)
    return Fault(type(error).__name__)


def _retry_after(error: Exception) -> float:
    """Seconds that the server asks to wait, or 0; a date is not worth reading."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(0.0, float(headers.get("retry-after", 0)))
    except (TypeError, ValueError):
        return 0.0


def installed(model: str) -> bool:
    """Whether LangChain is there at all, and the package of this provider where its name tells it."""
    provider = model.partition(":")[0].replace("-", "_")
    known: Callable[[str], object] = importlib.util.find_spec
    return known("langchain") is not None and known(f"langchain_{provider}") is not None
