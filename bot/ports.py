"""What the conversation and the casework need from outside; adapters implement these."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.answer import Danger, Outcome, Question
from bot.domain.appellation import Appellation, Trouvaille
from bot.domain.bureaux import Import
from bot.domain.demande import Demande
from bot.domain.fiche import Passage
from bot.domain.message import UserMessage
from bot.domain.organisme import Bureau, Entreprise
from bot.domain.orientation import Orientation, Profil
from bot.domain.session import Session
from bot.domain.turn import DeskEvent, Dossier, Turn


class Clock(Protocol):
    """The time, injected."""

    def now(self) -> datetime:
        """An aware datetime in Europe/Paris."""
        ...


class Answerer(Protocol):
    """Answers questions from the knowledge base."""

    def answer(self, question: Question) -> Outcome:
        """Never raises for what a person typed; raises IndexUnusable when it cannot work at all."""
        ...

    def passage(self, ref: str) -> Passage | None:
        """The passage a button or a feedback refers to."""
        ...

    def emergency(self, text: str) -> str:
        """The emergency's category (see Emergency), or an empty string. Cheap: called on every message."""
        ...

    def danger(self, text: str) -> Danger | None:
        """The danger that one message tells, sure or only possible, whatever the state of the conversation.

        About a millisecond, without any search; by sure patterns alone while the answers are being opened.
        """
        ...


class Listener(Protocol):
    """What a message sounds like, weighed against the acts of `knowledge/paroles`."""

    def listen(self, text: str) -> Mapping[str, float]:
        """Act → weight, about 0 (not at all) to 1 (as the examples do); pure, under a millisecond or so."""
        ...

    def listen_all(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """The weights of each text, in their order: what `listen` says of each, in one go."""
        ...


class Router(Protocol):
    """Names the body for a situation."""

    def route(self, profil: Profil) -> Orientation:
        """Pure and total: an undecidable profile yields `a-confirmer`."""
        ...


class SessionStore(Protocol):
    """One session a chat."""

    def load(self, chat: int) -> Session | None:
        """The stored session, or None."""
        ...

    def save(self, session: Session) -> None:
        """Create or replace."""
        ...

    def delete(self, chat: int) -> None:
        """Forget; nothing happens where there is none."""
        ...


class DemandeStore(Protocol):
    """Sent demandes."""

    def add(self, demande: Demande) -> bool:
        """Store; False where this id is already stored (nothing changes)."""
        ...

    def get(self, demande_id: str) -> Demande | None:
        """One, with its events."""
        ...

    def save(self, demande: Demande) -> None:
        """Replace the fields and append the events that are not stored yet."""
        ...

    def of_chat(self, chat: int) -> Sequence[Demande]:
        """All of one person, oldest first."""
        ...

    def of_organisme(self, organisme: str) -> Sequence[Demande]:
        """All of one body, newest first."""
        ...

    def delete(self, demande_id: str) -> None:
        """Erase, events included."""
        ...


class Notifier(Protocol):
    """Tells a person something from the desk."""

    def tell(self, chat: int, event: DeskEvent) -> None:
        """Queue what the conversation says of this DeskEvent; delivered like any reply."""
        ...


class Companies(Protocol):
    """The public register of companies."""

    def find(self, siret: str) -> Entreprise | None:
        """The establishment with these 14 digits; None where unknown, or where nothing answers in time."""
        ...


class OfficeDirectory(Protocol):
    """The local offices of the public bodies, as a deployment imported them; empty where it did not."""

    def get(self, bureau_id: str) -> Bureau | None:
        """The office with this id, closed ones included; None where there is none."""
        ...

    def of(self, reseau: str, departement: str = "") -> Sequence[Bureau]:
        """The open offices of a network (a slug of organismes.yaml), in one département where it is given, by id."""
        ...

    def replace(self, bureaux: Iterable[Bureau], le: date, *, complete: bool = False) -> Import:
        """Store offices, all or none; with `complete`, those of their networks that are not among them close."""
        ...


class Trades(Protocol):
    """The official trades, as a deployment imported them; finds nothing where it did not."""

    def get(self, code: str) -> Appellation | None:
        """The appellation with this code, or None."""
        ...

    def named(self, text: str) -> Appellation | None:
        """The appellation that bears this name, in either gender, or that people call so; None otherwise."""
        ...

    def search(self, text: str, limit: int = 3) -> Sequence[Trouvaille]:
        """The nearest to what a person typed, the best first; empty where nothing is near. Never raises."""
        ...


class Formats(Protocol):
    """Formats that well-kept libraries know better than we do."""

    def phone(self, text: str, departement: str | None = None) -> str | None:
        """The E.164 form of a valid number (French by default, overseas by departement), or None."""
        ...

    def email(self, text: str) -> str | None:
        """The normalised address if its syntax is valid, or None."""
        ...

    def siret(self, digits: str) -> bool:
        """Whether 14 digits pass the key (La Poste's exception included)."""
        ...

    def siren(self, digits: str) -> bool:
        """Whether 9 digits pass the key."""
        ...

    def nir(self, text: str) -> bool:
        """Whether this is a French social security number with a valid key (2A and 2B included)."""
        ...

    def iban(self, text: str) -> bool:
        """Whether this is an IBAN with a valid key."""
        ...

    def card(self, digits: str) -> bool:
        """Whether these digits pass the Luhn key of bank cards."""
        ...

    def holidays(self, year: int) -> Mapping[date, str]:
        """Public holidays of mainland France with their French names."""
        ...

    def closest(self, word: str, choices: Sequence[str], minimum: float = 85.0) -> str | None:
        """The most similar choice, if at least `minimum` out of 100."""
        ...


class Conversation(Protocol):
    """The dialogue as the channels see it."""

    def take_turn(self, session: Session, message: UserMessage, dossier: Dossier) -> Turn:
        """Handle one message; the person always gets exactly one visible reaction."""
        ...

    def tell(self, session: Session, event: DeskEvent, at: datetime, dossier: Dossier) -> Turn:
        """What to say when the desk does something, and the session after it."""
        ...

    def due(self, session: Session, dossier: Dossier, now: datetime) -> Turn | None:
        """Reminders (with consent, never at night) and expiry of an old draft; None when nothing is due."""
        ...
