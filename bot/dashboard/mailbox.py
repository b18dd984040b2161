"""E-mails wait in the database and leave from the worker: a page never waits for a mail server, nor tells how it is."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import NamedTuple

from django.core.mail import send_mail
from django.db.models import F

from bot.dashboard.models import Courriel
from bot.storage.connection import patient, writing
from bot.storage.heartbeat import failing, note

GIVEN_UP = timedelta(days=2)
"""An e-mail that cannot leave for so long is thrown away: its link would be dead."""

TROUBLE = "courriel"
"""What the heartbeat calls a server that takes nothing."""

_HELD = timedelta(minutes=5)
"""Longer than the slowest server: while one worker sends, no other does."""

_BATCH = 20

_log = logging.getLogger(__name__)


class Letter(NamedTuple):
    """What leaves."""

    to: str
    subject: str
    text: str


Maker = Callable[[Courriel], Iterable[Letter]]
"""Makes the letters of a row whose text is not written yet."""


def put(to: str, subject: str, text: str, *, now: datetime) -> None:
    """Queue an e-mail, in the caller's transaction where there is one."""
    Courriel.objects.create(destinataire=to, sujet=subject, texte=text, depuis=now, pas_avant=now)


def put_kind(kind: str, to: str, base: str, *, now: datetime) -> None:
    """Queue one whose text the worker will write, with links on `base`."""
    Courriel.objects.create(destinataire=to, genre=kind, base=base, depuis=now, pas_avant=now)


def send_waiting(now: datetime, sender: str, makers: "dict[str, Maker]") -> int:
    """Send what waits; how many left. A server that refuses is tried again later, each time later."""
    sent = 0
    if TROUBLE in failing and not _tried():
        note(TROUBLE, now, well=True)
    for row in _due(now):
        if not _held(row, now):
            continue
        left = 0
        try:
            for letter in makers[row.genre](row) if row.genre else (Letter(row.destinataire, row.sujet, row.texte),):
                send_mail(letter.subject, letter.text, sender or None, [letter.to])
                left += 1
        except (OSError, SMTPException, ValueError, KeyError) as error:
            _log.warning("an e-mail did not leave (%s), try %d", type(error).__name__, row.essais + 1)
            note(TROUBLE, now, well=False)
            _later(row, now)
        else:
            note(TROUBLE, now, well=True)
            sent += left
            _gone(row)
    return sent


@patient
def _due(now: datetime) -> list[Courriel]:
    return list(Courriel.objects.filter(pas_avant__lte=now).order_by("id")[:_BATCH])


@patient
def _tried() -> bool:
    """Whether anything waits that a server has refused."""
    return bool(Courriel.objects.filter(essais__gt=0).exists())


@patient
def _held(row: Courriel, now: datetime) -> bool:
    with writing():
        mine = Courriel.objects.filter(pk=row.pk, pas_avant=row.pas_avant)
        return bool(mine.update(pas_avant=now + _HELD, essais=F("essais") + 1))


@patient
def _later(row: Courriel, now: datetime) -> None:
    if now - row.depuis > GIVEN_UP:
        _log.error("an e-mail is thrown away after two days without a mail server")
        _gone(row)
        return
    with writing():
        pause = min(timedelta(hours=1), timedelta(seconds=30) * 2 ** min(row.essais, 8))
        Courriel.objects.filter(pk=row.pk).update(pas_avant=now + pause)


@patient
def _gone(row: Courriel) -> None:
    with writing():
        Courriel.objects.filter(pk=row.pk).delete()
