"""What `turn` shows of a session's memory, and of the request that its draft changes."""

from bot.conversation.memory import Choosing, Confirming, Memory, Nothing, What
from bot.conversation.recollection import memory_from_json
from bot.domain.demande import Demande
from bot.domain.session import Json, Session
from bot.domain.turn import Dossier

_WAITS = {
    What.STOP: "stop",
    What.RESTART: "stop",
    What.ERASE: "erase",
    What.WITHDRAW: "withdraw",
    What.SEND: "send",
    What.SEND_TWIN: "send",
    What.FORWARDED: "change",
}
"""What a « oui » would do, by kind of confirmation; any other kind offers a choice."""


def waits(session: Session) -> str | None:
    """What a later « oui » would do: choice, erase, stop, withdraw, send, duplicate, change, or nothing."""
    memory = _memory(session)
    match memory.focus:
        case Confirming(what=what):
            return _WAITS.get(what, "choice")
        case Choosing(values=values) if values:
            return "change" if len(values) == 1 else "choice"
        case Choosing() | Nothing():
            return "choice" if _orders_offered(memory) else None


def _orders_offered(memory: Memory) -> bool:
    # One alone is a button of a page (« revoir ») that no « oui » answers.
    return sum(data.startswith("ordre:") for _, data in memory.shown) > 1


def editing(session: Session) -> bool:
    """Whether one line is being changed, whatever else is missing."""
    return bool(_memory(session).editing)


def asked_again(session: Session, dossier: Dossier) -> dict[str, Json]:
    """The values, in the request, of the fields that the desk asked for and that are not answered yet."""
    request = completing(session, dossier)
    known = request.answers if request else {}
    asked = _memory(session).asked_for
    return {champ: known[champ] for champ in asked if champ in known and champ not in session.answers}


def completing(session: Session, dossier: Dossier) -> Demande | None:
    """The sent request that the draft changes, or None."""
    changed = _memory(session).completing
    return next((one for one in dossier.demandes if changed and one.id == changed.demande), None)


def _memory(session: Session) -> Memory:
    return memory_from_json(session.memory)
