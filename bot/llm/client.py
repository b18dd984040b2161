"""One call to a chat model, through LangChain: any provider by name, OpenAI-compatible servers by their address."""

import json
from collections.abc import Mapping
from threading import Lock
from typing import Any

from bot.domain import regex as re
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
        self._untraced: Any = None
        self._shaped: dict[str, Any] = {}
        self._lock = Lock()

    def open(self) -> None:
        """Import the provider and make its client, which takes seconds; raises Fault where it cannot be."""
        with self._lock:
            if self._chat is None:
                self._chat = _opened(self._model, self._options())
                from langsmith import tracing_context

                self._untraced = tracing_context

    def call(self, request: Request) -> Given:
        """As the port says; nothing is tried twice, and nothing is traced elsewhere."""
        self.open()
        try:
            with self._untraced(enabled=False):
                found = self._asking(request).invoke([("system", request.system), ("human", request.user)])
        except Exception as error:
            raise _fault(error) from None
        return _given(found)

    def _asking(self, request: Request) -> Any:
        """The model bound to a shape of reply, without LangChain's parser; there are a dozen, made once.

        That parser tries a text again without its last letter, and again: minutes of processor for 200 kB of prose.
        """
        shape = json.dumps(request.schema, sort_keys=True)
        if shape not in self._shaped:
            bound = self._chat.with_structured_output(dict(request.schema))
            self._shaped[shape] = getattr(bound, "first", bound)
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
    """The object of a reply: the arguments of a call where the provider gives its shape so, else the text as JSON."""
    if isinstance(found, Mapping):
        return Given(found)
    usage = getattr(found, "usage_metadata", None) or {}
    tokens = int(usage.get("total_tokens") or 0)
    calls = getattr(found, "tool_calls", None) or ()
    if calls and len(str(calls[0])) <= LONGEST and isinstance(calls[0].get("args"), Mapping):
        return Given(calls[0]["args"], tokens)
    text = _text(getattr(found, "content", ""))
    if len(text) > LONGEST:
        raise Fault("reply too long")
    try:
        value = json.loads(_FENCE.sub("", text))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, Mapping):
        raise Fault("reply not in the shape asked for")
    return Given(value, tokens)


_FENCE = re.compile(r"\A\s*```(?:json)?|```\s*\Z")


def _text(content: Any) -> str:
    """The words of a reply, which some providers give in parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(str(one.get("text", "")) if isinstance(one, Mapping) else str(one) for one in parts)


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
