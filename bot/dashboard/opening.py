"""The desk composed from the content folders and the database."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.content.fiches import load_fiches
from bot.content.organismes import load_organismes
from bot.content.orientation import load_router
from bot.content.regles import load_regles
from bot.content.wording import load_wording
from bot.dashboard.desk import Desk
from bot.domain.fiche import Passage
from bot.errors import ContentError
from bot.formats import LibraryFormats
from bot.ports import Clock, Conversation
from bot.storage.notifier import DeskNotifier
from bot.storage.stores import DjangoDemandeStore


def open_desk(
    *,
    knowledge: Path,
    prompts: Path,
    index: Path,
    conversation: Conversation,
    clock: Clock,
    public_url: str = "",
    email_from: str = "",
    retention_close_jours: int = 730,
) -> Desk:
    """Everything read once, except the passages, which follow the files."""
    return Desk(
        words=load_wording(prompts),
        organismes=load_organismes(knowledge),
        regles=load_regles(knowledge),
        router=load_router(knowledge),
        formats=LibraryFormats(),
        store=DjangoDemandeStore(),
        notifier=DeskNotifier(conversation, clock),
        clock=clock,
        passages=following(knowledge),
        index=index,
        public_url=public_url,
        email_from=email_from,
        retention_close_jours=retention_close_jours,
    )


def following(knowledge: Path) -> Callable[[], Mapping[str, Passage]]:
    """The passages by ref, read again when a file changed; a broken edit leaves the last good ones."""
    known: dict[str, Passage] = {}
    seen: list[float] = []

    def passages() -> Mapping[str, Passage]:
        stamps = sorted(path.stat().st_mtime for path in (knowledge / "fiches").glob("*.md"))
        if stamps != seen:
            try:
                fresh = {one.ref: one for fiche in load_fiches(knowledge) for one in fiche.passages}
            except ContentError:
                fresh = dict(known)
            seen[:] = stamps
            known.clear()
            known.update(fresh)
        return known

    return passages
