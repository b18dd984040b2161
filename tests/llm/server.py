"""An OpenAI-compatible server on loopback, for the real client: each reply scripted, each request kept as bytes."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Said:
    """One scripted reply: the content of the message, or a raw body, with its status, after a pause."""

    content: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    pause: float = 0.0
    cut: bool = False
    """Whether the connection is closed in the middle of the body."""
    drip: float = 0.0
    """Seconds between two bytes."""


def saying(value: object) -> Said:
    """A reply that holds this JSON."""
    return Said(json.dumps(value, ensure_ascii=False))


Script = Callable[[Mapping[str, Any]], Said]


class ModelServer:
    """Use it as a context manager; `script` may be replaced between two calls."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.received: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.received.append(str(self.headers).encode() + body)
                said = outer.script(json.loads(body))
                time.sleep(said.pause)
                self._send(said)

            def _send(self, said: Said) -> None:
                raw = said.body if said.body is not None else _body(said.content)
                self.send_response(said.status)
                for name, value in {"content-type": "application/json", **said.headers}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(raw)))
                self.end_headers()
                try:
                    if said.drip:
                        for byte in raw:
                            self.wfile.write(bytes([byte]))
                            self.wfile.flush()
                            time.sleep(said.drip)
                    else:
                        self.wfile.write(raw[: len(raw) // 2] if said.cut else raw)
                except OSError:
                    pass
                if said.cut:
                    self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *gone: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _body(content: str) -> bytes:
    message = {"role": "assistant", "content": content}
    told = {
        "id": "x", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 20, "total_tokens": 920},
    }  # fmt: skip
    return json.dumps(told).encode()


def asked(request: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a request, as the model sees it."""
    return json.loads(request["messages"][-1]["content"])
