"""Yearly data and facts to look at again: said on the desk, and once a month by e-mail to whoever keeps them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.dashboard import mailbox
from bot.dashboard.desk import Desk
from bot.domain.echeance import AHEAD, Echeance, due
from bot.storage.connection import patient, writing
from bot.storage.lease import me
from bot.storage.models import Lease

AGAIN = timedelta(days=28)
"""One e-mail in so long, whatever the number of processes and restarts."""

SUBJECT = "Données à revoir dans le mois"
_NAME = "echeances"


def aging(desk: Desk) -> tuple[tuple[Echeance, ...], list[Any]]:
    """What is due within a month: yearly data, then passages, the nearest first."""
    limit = desk.today + AHEAD
    late = [passage for passage in desk.passages().values() if passage.a_revoir_le <= limit]
    return due(desk.echeances(), desk.today), sorted(late, key=lambda passage: passage.a_revoir_le)


def tell(desk: Desk, maintainers: Sequence[str]) -> int:
    """Queue the month's e-mail where something is due; how many letters."""
    data, passages = aging(desk)
    if not maintainers or not (data or passages):
        return 0
    return _queued(maintainers, letter(data, passages), desk.clock.now())


@patient
def _queued(maintainers: Sequence[str], text: str, now: datetime) -> int:
    """One process queues it, in the transaction that says until when it is done."""
    with writing():
        Lease.objects.get_or_create(name=_NAME, defaults={"holder": me(), "until": now})
        row = Lease.objects.select_for_update().get(name=_NAME)
        # Further ahead than a month: written by a clock that was wrong.
        if now < row.until <= now + AGAIN:
            return 0
        Lease.objects.filter(name=_NAME).update(holder=me(), until=now + AGAIN)
        for address in maintainers:
            mailbox.put(address, SUBJECT, text, now=now)
    return len(maintainers)


def letter(data: Sequence[Echeance], passages: Sequence[Any]) -> str:
    """The e-mail: what, by when, where to look."""
    lines = [f"- {one.quoi}, avant le {one.a_revoir_le:%d/%m/%Y}. Voir : {one.ou}." for one in data]
    lines += [f"- {one.titre} ({one.ref}), avant le {one.a_revoir_le:%d/%m/%Y}." for one in passages]
    head = ["Bonjour,", "", "Ces données du robot sont à revoir :", ""]
    return "\n".join([*head, *lines, "", "Une fois revues, changez leur date dans le dossier knowledge.", ""])
