"""E-mails to members: at once for what is urgent, a digest once a working day, initials and numbers and nothing else."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse

from bot.dashboard import members, workdays
from bot.dashboard.desk import PARIS, TRIAGE, Desk
from bot.dashboard.models import Avis, Membership, Retour
from bot.dashboard.portee import office_of
from bot.domain.demande import Statut
from bot.storage.heartbeat import note
from bot.storage.models import DemandeRow, HandoffRow

DIGEST_HOUR = 8
"""The digest leaves at that hour in Paris, or at the first round after it."""

KEPT = timedelta(days=60)
LINES = 20
SALT = "bot.dashboard.courrier"

URGENT, RESUME = "urgent", "resume"
KINDS = {URGENT: "urgences", RESUME: "résumé du jour"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell: `cle` names it once and for all, `pour` is who holds it (empty: the whole body)."""

    cle: str
    organisme: str
    pour: str
    texte: str
    path: str
    row: Any


def able() -> bool:
    """Whether e-mails reach anybody: what a console prints tells nobody, and would leave numbers in a log."""
    return not str(settings.EMAIL_BACKEND).endswith(("console.EmailBackend", "dummy.EmailBackend"))


def post(desk: Desk) -> int:
    """Send what is due; how many e-mails left. A message that the server refuses is tried again at the next round."""
    now = desk.clock.now()
    Avis.objects.filter(at__lt=now - KEPT).delete()
    Retour.objects.filter(at__lt=now - timedelta(minutes=1)).delete()
    if not able():
        return 0
    people = _People(desk)
    return _at_once(desk, people, now) + _digests(desk, people, now)


class _People:
    """Who is told: the members of each body or office, those away replaced; two queries, and one a thread of an office."""

    def __init__(self, desk: Desk) -> None:
        self._today = desk.today
        self.by_body: dict[str, list[Any]] = defaultdict(list)
        self._rows: dict[str, list[Any]] = defaultdict(list)
        self._offices: dict[tuple[int, str], str] = {}
        bodies = set(Membership.objects.values_list("organisme", flat=True))
        for row in members.acting(bodies):
            self.by_body[row.organisme].append(row.user)
            self._rows[row.organisme].append(row)
        self.everyone = {user.pk: user for users in self.by_body.values() for user in users}

    def serving(self, notice: Notice) -> list[Any]:
        """Those who see what a notice is about: the members of its office, and of the whole network."""
        rows = self._rows.get(notice.organisme, [])
        if all(not row.bureaux for row in rows):
            return [row.user for row in rows]
        return [row.user for row in members.serving(rows, self._office(notice))]

    def sees(self, user: Any, notice: Notice) -> bool:
        """Whether this member sees what a notice is about; the triage queue is everybody's."""
        return notice.organisme not in self._rows or user in self.serving(notice)

    def _office(self, notice: Notice) -> str:
        about = notice.row
        if isinstance(about, DemandeRow):
            return str(about.bureau)
        key = (about.chat, notice.organisme)
        if key not in self._offices:
            self._offices[key] = office_of(*key)
        return self._offices[key]

    def of(self, notice: Notice) -> list[Any]:
        """Those who act there and are present; everybody where nobody is. The triage queue is everybody's."""
        organisme = notice.organisme
        users = self.serving(notice) or (list(self.everyone.values()) if organisme == TRIAGE else [])
        present = [self._instead(user) for user in users]
        return list({user.pk: user for user in present if user is not None}.values()) or users

    def _instead(self, user: Any) -> Any | None:
        """Whoever covers for somebody away, if that one may act."""
        if not members.away(user, self._today):
            return user
        cover = members.cover(user)
        instead = self.everyone.get(cover.pk) if cover is not None else None
        return instead if instead is not None and not members.away(instead, self._today) else None

    def holder(self, notice: Notice) -> list[Any]:
        """Who holds it, or who covers; those of its office where neither is there."""
        for user in self.by_body.get(notice.organisme, ()):
            if user.get_username() == notice.pour:
                found = self._instead(user)
                return [found] if found is not None else self.of(notice)
        return self.of(notice)


def _at_once(desk: Desk, people: _People, now: datetime) -> int:
    """One e-mail a member for everything urgent that this member has not been told."""
    waiting: dict[int, list[Notice]] = defaultdict(list)
    notices = list(urgent(desk))
    told = set(Avis.objects.filter(cle__in=[one.cle for one in notices]).values_list("user", "cle"))
    for notice in notices:
        for user in people.holder(notice) if notice.pour else people.of(notice):
            if (user.pk, notice.cle) not in told and _wants(user, URGENT):
                waiting[user.pk].append(notice)
    left = 0
    for pk, found in waiting.items():
        number = len(found)
        title = "1 urgence au bureau des conseillers" if number == 1 else f"{number} urgences au bureau des conseillers"
        if _send(desk, people.everyone[pk], URGENT, title, found):
            _keep(people.everyone[pk], found, now)
            left += 1
    return left


def _wants(user: Any, kind: str) -> bool:
    known = members.preference(user)
    return bool(user.email) and (known is None or bool(getattr(known, kind)))


def _keep(user: Any, found: Sequence[Notice], now: datetime) -> None:
    """Told once; and of each thing, one may now say that somebody has been told."""
    Avis.objects.bulk_create((Avis(user=user, cle=one.cle, at=now) for one in found), ignore_conflicts=True)
    for table in (DemandeRow, HandoffRow):
        rows = [one.row.pk for one in found if isinstance(one.row, table)]
        table.objects.filter(pk__in=rows, prevenu_at=None).update(prevenu_at=now)


def urgent(desk: Desk) -> Iterator[Notice]:
    """A danger, an urgent person who waits, a start too near, an answer to a question of mine."""
    yield from _threads()
    yield from _demandes(desk)


def _threads() -> Iterator[Notice]:
    alarm = Q(danger__gt="", danger_vu_at=None) | Q(urgent=True, taken_at=None)
    answer = Q(attend_depuis__isnull=False) & ~Q(pris_par="")
    rows = list(HandoffRow.objects.filter(alarm | answer, closed_at=None).order_by("-urgent", "opened_at")[:500])
    who = _initials(rows)
    for row in rows:
        path, name = reverse("conversation", args=[row.pk]), who[row.pk]
        if row.danger and row.danger_vu_at is None:
            said = f"{name} : mots de danger, à lire tout de suite"
            yield Notice(f"danger:{row.pk}:{_stamp(row.danger_at)}", row.organisme, "", said, path, row)
        elif row.attend_depuis and row.pris_par:
            said = f"{name} a répondu à votre message"
            yield Notice(f"reponse:{row.pk}:{_stamp(row.attend_depuis)}", row.organisme, row.pris_par, said, path, row)
        else:
            said = f"{name} attend quelqu'un, c'est urgent"
            yield Notice(f"urgent:{row.pk}:{_stamp(row.opened_at)}", row.organisme, "", said, path, row)


def _demandes(desk: Desk) -> Iterator[Notice]:
    today = desk.today
    near = workdays.after(today, desk.regles.valeur("delai_court_jours_ouvres", today), desk.formats.holidays)
    soon = Q(statut=Statut.NOUVELLE.value, date_debut__range=(today, near))
    mine = Q(statut=Statut.COMPLETEE.value) & ~Q(pris_par="")
    for row in DemandeRow.objects.filter(soon | mine).order_by("date_debut")[:500]:
        path = reverse("demande", args=[row.pk])
        if row.statut == Statut.COMPLETEE.value:
            said = f"{_named(row)} : la demande est complétée"
            yield Notice(f"complet:{row.pk}:{row.version}", row.organisme, row.pris_par, said, path, row)
        else:
            said = f"{_named(row)} : début le {row.date_debut:%d/%m}, et personne ne s'en occupe"
            yield Notice(f"debut:{row.pk}", row.organisme, "", said, path, row)


def _stamp(when: datetime | None) -> str:
    return f"{when:%Y%m%d%H%M%S}" if when else ""


def initials(answers: Mapping[str, Any]) -> str:
    """« L. D. »: enough for who knows the person, nothing for who does not."""
    names = (str(answers.get(part) or "").strip() for part in ("prenom", "nom"))
    return " ".join(f"{name[0].upper()}." for name in names if name)


def _named(row: Any) -> str:
    return f"{initials(row.answers)} (demande {row.numero})".strip()


def _initials(rows: Iterable[Any]) -> Mapping[int, str]:
    """Each thread's person: initials and number from the last demande of this body, else nobody."""
    threads = list(rows)
    sent = DemandeRow.objects.filter(chat__in={row.chat for row in threads}).order_by("envoyee_le")
    known = {(one.chat, one.organisme): _named(one) for one in sent}
    return {row.pk: known.get((row.chat, row.organisme), "Une personne sans demande") for row in threads}


def _digests(desk: Desk, people: _People, now: datetime) -> int:
    """What waits, once a working day; nothing where nothing waits."""
    local = now.astimezone(PARIS)
    if local.hour < DIGEST_HOUR or not workdays.working(local.date(), desk.formats.holidays):
        return 0
    key = f"resume:{local.date().isoformat()}"
    told = set(Avis.objects.filter(cle=key).values_list("user", flat=True))
    wanted = [user for user in people.everyone.values() if user.pk not in told and _wants(user, RESUME)]
    waits = _waiting() if wanted else {}
    left = 0
    for user in wanted:
        if members.away(user, local.date()):
            continue
        bodies = [slug for slug, users in people.by_body.items() if user in users] + [TRIAGE]
        found = [
            one
            for slug in dict.fromkeys(bodies)
            for one in waits.get(slug, ())
            if one.pour in ("", user.get_username()) and people.sees(user, one)
        ]
        if not found or _send(desk, user, RESUME, f"{len(found)} en attente au bureau des conseillers", found):
            left += bool(found)
            Avis.objects.get_or_create(user=user, cle=key, defaults={"at": now})
            _told(found, now)
    return left


def _told(found: Sequence[Notice], now: datetime) -> None:
    shown = found[:LINES]
    rows = [one.row.pk for one in shown if isinstance(one.row, DemandeRow)]
    DemandeRow.objects.filter(pk__in=rows, prevenu_at=None).update(prevenu_at=now)
    rows = [one.row.pk for one in shown if isinstance(one.row, HandoffRow)]
    HandoffRow.objects.filter(pk__in=rows, prevenu_at=None).update(prevenu_at=now)


def _waiting() -> Mapping[str, list[Notice]]:
    """New demandes that nobody holds and people who wait for an answer, by body."""
    found: dict[str, list[Notice]] = defaultdict(list)
    threads = list(HandoffRow.objects.filter(Q(attend_depuis__isnull=False) | Q(taken_at=None), closed_at=None)[:2000])
    who = _initials(threads)
    for row in threads:
        said = f"{who[row.pk]} attend une réponse"
        found[row.organisme].append(
            Notice("", row.organisme, row.pris_par, said, reverse("conversation", args=[row.pk]), row)
        )
    new = DemandeRow.objects.filter(statut=Statut.NOUVELLE.value, pris_par="").order_by("date_debut")
    for row in new.only("pk", "numero", "organisme", "bureau", "answers")[:2000]:
        said = f"{_named(row)} : nouvelle demande"
        found[row.organisme].append(Notice("", row.organisme, "", said, reverse("demande", args=[row.pk]), row))
    return found


def stop_link(desk: Desk, user: Any, kind: str) -> str:
    """The address that stops these e-mails, for this member alone, without signing in."""
    token = signing.dumps([user.pk, kind], salt=SALT)
    return desk.public_url.rstrip("/") + reverse("avis-stop", args=[token])


def stopped(token: str) -> tuple[Any, str] | None:
    """The member and the kind of e-mail that a link stops; None for a link that is not ours."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    user = get_user_model().objects.filter(pk=pk).first()
    return (user, kind) if user is not None and kind in KINDS else None


def _send(desk: Desk, user: Any, kind: str, title: str, found: Sequence[Notice]) -> bool:
    """One e-mail; False where the server did not take it."""
    base, stop = desk.public_url.rstrip("/"), stop_link(desk, user, kind)
    lines = [f"- {one.texte}\n  {base}{one.path}" for one in found[:LINES]]
    if len(found) > LINES:
        lines.append(f"- et {len(found) - LINES} de plus")
    text = "\n".join(["Bonjour,", "", *lines, "", f"Ne plus recevoir ce message ({KINDS[kind]}) :", stop, ""])
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMessage(title, text, desk.email_from or None, [user.email], headers=headers)
    try:
        left = bool(message.send())
    except (OSError, SMTPException) as error:
        _log.warning("an e-mail did not leave: %s; in a minute again", type(error).__name__)
        left = False
    note("avis", desk.clock.now(), well=left)
    return left
