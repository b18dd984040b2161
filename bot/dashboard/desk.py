"""What the pages work with, composed once by the program and by the tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.dashboard.vocabulary import Vocabulary
from bot.domain.echeance import Echeance
from bot.domain.fiche import Passage
from bot.domain.organisme import Organisme
from bot.domain.regles import Regles
from bot.domain.turn import DeskEvent
from bot.errors import SettingError
from bot.form.wording import Wording
from bot.ports import Clock, DemandeStore, Formats, Router, Trades

if TYPE_CHECKING:  # its module reads models, which need Django set up
    from bot.dashboard.oidc import Provider

PARIS = ZoneInfo("Europe/Paris")

TRIAGE = "a-confirmer"
"""The body of demandes that no rule decides: everybody's to sort."""


class Teller(Protocol):
    """The `Notifier` port, with the name that signs a counsellor's words."""

    def tell(self, chat: int, event: DeskEvent, *, auteur: str = "", hold_until: datetime | None = None) -> None:
        """Queue what the conversation says of this event; `auteur` keeps the words with their delivery.

        With `hold_until`, nothing leaves before that moment.
        """
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports and the content behind the pages. `passages` is read anew at each call, so that edits show."""

    words: Wording
    organismes: Mapping[str, Organisme]
    regles: Regles
    router: Router
    formats: Formats
    store: DemandeStore
    notifier: Teller
    clock: Clock
    passages: Callable[[], Mapping[str, Passage]]
    index: Path
    """Folder of the search index, whose age the status page shows."""
    public_url: str = ""
    retention_close_jours: int = 730
    email_from: str = ""
    trades: Trades | None = None
    """The official trades, where a deployment imported them."""
    broken: Callable[[], str] = str
    """The first fault of the fiches as they are on disk, after `passages`; empty where there is none."""
    echeances: Callable[[], tuple[Echeance, ...]] = tuple
    """Yearly data and the day it must be looked at again."""
    oidc: "Provider | None" = None
    """Who else vouches for accounts, beside passwords."""
    vocabulary: Vocabulary = field(default_factory=Vocabulary, init=False, compare=False, repr=False)
    """The words by which demandes are found."""

    @property
    def today(self) -> date:
        """The day in Paris."""
        return self.clock.now().astimezone(PARIS).date()

    def local(self, when: datetime) -> datetime:
        """A moment as clocks show it in Paris."""
        return when.astimezone(PARIS)

    def body_name(self, slug: str) -> str:
        """The body's name, or its slug where the file no longer lists it."""
        return self.organismes[slug].nom if slug in self.organismes else slug


_installed: list[Desk] = []


def install(desk: Desk) -> None:
    """Make this desk the process's."""
    _installed[:] = [desk]


def desk() -> Desk:
    """The installed desk; raises SettingError where the program forgot to install one."""
    if not _installed:
        raise SettingError("the desk is not installed: call bot.dashboard.desk.install first")
    return _installed[0]
