"""What `turn` reads and writes of the session's memory: the only place of the command that knows its keys."""

from bot.conversation.scene import Scene
from bot.domain.demande import Champ, Demande
from bot.domain.session import Json, Session
from bot.domain.turn import Dossier

_WAITS = {
    "annuler": "stop",
    "recommencer": "stop",
    "effacer": "erase",
    "retirer": "withdraw",
    "doublon": "send",
    "transfere": "change",
}
"""What a « oui » would do, by kind of confirmation; any other kind offers a choice."""


def waits(session: Session) -> str | None:
    """What a later « oui » would do: choice, erase, stop, withdraw, send, duplicate, change, or nothing."""
    asked = session.memory.get("confirm")
    if isinstance(asked, dict):
        return _WAITS.get(str(asked.get("kind")), "choice")
    offered = session.memory.get("propose")
    values = offered.get("valeurs") if isinstance(offered, dict) else None
    if not isinstance(values, list) or not values:
        return "choice" if _orders_offered(session) else None
    return "change" if len(values) == 1 else "choice"


def _orders_offered(session: Session) -> bool:
    shown = session.memory.get("boutons")
    return isinstance(shown, list) and any(
        isinstance(pair, list) and str(pair[1]).startswith("ordre:") for pair in shown
    )


def editing(session: Session) -> bool:
    """Whether one line is being changed, whatever else is missing."""
    return bool(session.memory.get("edit"))


def edit(scene: Scene, step: str) -> None:
    """Ask this step next, although it is answered or does not come up by itself."""
    scene.remember(edit=step)


def asked_again(session: Session, dossier: Dossier) -> dict[str, Json]:
    """The values, in the request, of the fields that the desk asked for and that are not answered yet."""
    wanted, request = session.memory.get("wanted"), completing(session, dossier)
    names = wanted if isinstance(wanted, list) else []
    known = request.answers if request else {}
    return {name: known[name] for name in Champ if name in names and name in known and name not in session.answers}


def completing(session: Session, dossier: Dossier) -> Demande | None:
    """The sent request that the draft changes, or None."""
    identifier = session.memory.get("complete")
    return next((one for one in dossier.demandes if one.id == identifier), None)
