"""What a person sends and what the bot says back, whatever the channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What an incoming message is made of."""

    TEXT = "text"
    BUTTON = "button"
    STICKER = "sticker"
    ANIMATION = "animation"
    VOICE = "voice"
    AUDIO = "audio"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    REACTION = "reaction"
    OTHER = "other"
    GROUP = "group"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A contact card: E.164 or raw number, and whether it is the sender's own."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class UserMessage:
    """One thing a person did. `text` is the text or the caption; `button` is the pressed button's data."""

    chat: int
    at: datetime
    text: str = ""
    kind: Kind = Kind.TEXT
    button: str = ""
    message_id: int | None = None
    edited: bool = False
    forwarded: bool = False
    via_bot: bool = False
    contact: SharedContact | None = None
    location: tuple[float, float] | None = None
    album: str = ""
    """Identifier shared by the pictures of one album, or empty."""


LASTING = frozenset({"menu", "q", "d", "s", "avis", "doc", "ordre", "transfert", "fait"})
"""What a button may be about without belonging to a question: it stands whatever has been answered since."""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a reply: `data` comes back when pressed (64 bytes at most), or `url` opens."""

    label: str
    data: str = ""
    url: str = ""

    @property
    def lasting(self) -> bool:
        """Whether it still means something once the question above it is answered."""
        return bool(self.url) or self.data.partition(":")[0] in LASTING


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document made from a sent demande when the reply is delivered."""

    kind: Literal["pdf", "ics", "donnees"]
    demande: str
    """The demande's id; empty for `donnees` (everything held about this person)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One visible reaction. `notice` answers a button press in a pop-up; `edit` replaces that message.

    `closes` says that the question shown before is answered, or asked anew: its buttons go, and what was tapped
    (`chosen`) is written in its message.

    `text` is plain text, except that *word* marks strong text and bare URLs become links; every channel
    escapes the rest. An empty `text` with a `notice` sends only the notice.
    """

    text: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    notice: str = ""
    edit: int | None = None
    attachment: Attachment | None = None
    closes: bool = False
    chosen: str = ""
