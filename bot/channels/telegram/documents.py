"""The documents a reply carries, made when it is delivered: nothing personal waits in a file or a file name."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.demande import Demande
from bot.domain.message import Attachment
from bot.form.wording import Wording
from bot.ports import DemandeStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send; without content, only `caption` is said."""

    name: str
    content: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Documents:
    """Makes the document of an attachment, for the person it belongs to and nobody else."""

    words: Wording
    demandes: DemandeStore
    pdf: Callable[[Demande], bytes]
    ics: Callable[[Demande], bytes]
    held: Callable[[int], Mapping[str, Any]]
    """Everything held about a chat."""

    def make(self, attachment: Attachment, chat: int) -> Document:
        """The document, or a sentence where it cannot be made."""
        try:
            name, content = self._content(attachment, chat)
        except Exception as error:
            _log.error("%s not made: %s", attachment.kind, type(error).__name__)
            return Document("", b"", self.words.say("telegram.document.absent"))
        return Document(name, content, self.words.say(f"telegram.document.{attachment.kind}"))

    def _content(self, attachment: Attachment, chat: int) -> tuple[str, bytes]:
        if attachment.kind == "donnees":
            text = json.dumps(self.held(chat), ensure_ascii=False, indent=2, default=str)
            return "mes-donnees.json", text.encode()
        demande = self.demandes.get(attachment.demande)
        if demande is None or demande.chat != chat:
            raise LookupError(attachment.kind)
        made = self.pdf(demande) if attachment.kind == "pdf" else self.ics(demande)
        return f"demande-{demande.numero}.{attachment.kind}", made
