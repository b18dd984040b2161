"""Is the bot alive: heartbeats, queues, lost messages, the age of the index, fiches to review."""

import json
import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DatabaseError

from bot.dashboard.desk import Desk
from bot.dashboard.upkeep import aging
from bot.storage.heartbeat import UNWRITTEN, failing, note, queues
from bot.storage.models import Heartbeat

_log = logging.getLogger(__name__)

PARTS: Mapping[str, str] = {
    "intake": "Réception des messages",
    "worker": "Traitement des messages",
    "sender": "Remise des réponses",
    "sweeper": "Rappels et effacements",
    "web": "Pages des conseillers",
}
"""What each part of the program does, for people who do not run it."""

SILENT = timedelta(minutes=2)
SLOW: Mapping[str, timedelta] = {"sweeper": timedelta(minutes=40)}
"""Parts that work by rounds, and how long two rounds may take; the others are expected within SILENT."""

LATE = timedelta(minutes=5)

READING = frozenset({"fiches", "echeances"})
"""What waits for somebody's reading and breaks nothing: shown, but no alarm."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at: what it is, what was seen, whether it is well."""

    code: str
    titre: str
    vu: str
    bien: bool


def signs(desk: Desk) -> tuple[Sign, ...]:
    """Everything looked at, in the order of the status page."""
    now = desk.clock.now()
    waiting = queues(now)
    return (
        *_beats(now),
        _queue("a_traiter", "Messages reçus à traiter", waiting),
        _queue("a_envoyer", "Réponses à remettre", waiting),
        *_unwritten(now),
        *_reported(now),
        *signs_of_model(now),
        _disk(desk),
        _aside(waiting),
        _index(desk, now),
        _fiches(desk),
        _echeances(desk),
    )


def _beats(now: datetime) -> tuple[Sign, ...]:
    """Each part that ever ran; none at all is a failure too."""
    beats = list(Heartbeat.objects.order_by("role"))
    if not beats:
        return (
            Sign("service", "Service Telegram", "Aucun signe de vie : le service n'a jamais démarré ici.", bien=False),
        )
    return tuple(
        Sign(f"battement-{beat.role}", PARTS.get(beat.role, f"Partie « {beat.role} »"), f"Dernier signe de vie {ago(now - beat.at)}",
             bien=now - beat.at <= SLOW.get(beat.role, SILENT))
        for beat in beats
    )  # fmt: skip


TROUBLES: Mapping[str, tuple[str, str]] = {
    "telegram-hors-d-atteinte": ("Telegram", "Le serveur de Telegram ne répond pas"),
    "jeton-refuse": ("Telegram", "Telegram refuse le jeton du bot (TELEGRAM_TOKEN)"),
    "autre-programme": ("Telegram", "Un autre programme relève les messages de ce bot"),
    "chroma": ("Recherche", "Le serveur Chroma ne répond pas : les réponses se font sans lui"),
    "modele": ("Modèle de langue", "Le modèle ne répond pas : tout est entendu sans lui"),
    "plus-de-releve": ("Telegram", "Aucun message n'a pu être relevé et gardé"),
    "courriel": ("E-mails", "Le serveur de courrier ne prend pas nos messages"),
    "avis": ("E-mails", "Le serveur de courrier ne prend pas les avis aux conseillers"),
    "recherche-fermee": ("Recherche", "L'index n'a pas pu être ouvert : les questions restent sans réponse"),
}
"""What a part of the program may report besides its being alive: the subject, and what it means."""

ROOM = 50_000_000
"""Bytes left on the disk below which nothing more will be kept soon."""


def _unwritten(now: datetime) -> tuple[Sign, ...]:
    """Whether this process can still write: a heartbeat that is not written tells nothing by itself."""
    since = failing.get(UNWRITTEN)
    if since is None:
        return ()
    return (Sign(UNWRITTEN, "Base de données", f"Elle ne garde plus rien, depuis {span(now - since)}", bien=False),)


def _reported(now: datetime) -> tuple[Sign, ...]:
    """What the parts say does not work, and since when."""
    found: dict[str, datetime] = {}
    for beat in Heartbeat.objects.filter(at__gt=now - LATE):
        for code, since in beat.detail.get("ennuis", {}).items():
            known = datetime.fromisoformat(since)
            found[code] = min(known, found.get(code, known))
    return tuple(
        Sign(code, TROUBLES[code][0], f"{TROUBLES[code][1]}, depuis {span(now - since)}", bien=False)
        for code, since in sorted(found.items())
        if code in TROUBLES
    )


def signs_of_model(now: datetime) -> tuple[Sign, ...]:
    """What the model that listens did and cost today, over every process; nothing where none is set."""
    told = [beat.detail["modele"] for beat in Heartbeat.objects.filter(at__gt=now - LATE) if beat.detail.get("modele")]
    today = [one for one in told if one.get("day") == now.date().isoformat()]
    if not told:
        return ()
    calls, tokens, alone = (sum(int(one[name]) for one in today) for name in ("calls", "tokens", "fallbacks"))
    mean = sum(float(one["seconds"]) for one in today) / calls if calls else 0.0
    seen = f"Aujourd'hui : {calls} appel(s), {tokens} jetons, {mean:.1f} s en moyenne, {alone} fois sans lui"
    return (Sign("modele-compte", "Modèle de langue", seen.replace(".", ","), bien=True),)


def _disk(desk: Desk) -> Sign:
    try:
        free = shutil.disk_usage(desk.index.parent if desk.index.parent.is_dir() else ".").free
    except OSError:
        free = 0
    return Sign("disque", "Place sur le disque", f"{free // 1_000_000} Mo libres", bien=free >= ROOM)


def _aside(waiting: Mapping[str, Any]) -> Sign:
    number = waiting["mis_de_cote"]
    seen = f"{number} en sept jours, sans gêner les autres" if number else "Aucun"
    return Sign("mis-de-cote", "Messages illisibles mis de côté", seen, bien=True)


def _queue(code: str, title: str, waiting: Mapping[str, Any]) -> Sign:
    number, oldest = waiting[code], timedelta(seconds=waiting[f"{code}_secondes"])
    seen = f"{number}, le plus ancien attend depuis {span(oldest)}" if number else "Rien en attente"
    return Sign(code.replace("_", "-"), title, seen, bien=oldest <= LATE)


def _index(desk: Desk, now: datetime) -> Sign:
    """The newest manifest under the index's folder."""
    made = [path.stat().st_mtime for path in desk.index.rglob("manifest*.json")] if desk.index.is_dir() else []
    if not made:
        return Sign("index", "Index de la base de connaissances", "Pas encore construit", bien=False)
    return Sign("index", "Index de la base de connaissances",
                f"Construit {ago(now - datetime.fromtimestamp(max(made), UTC))}", bien=True)  # fmt: skip


def _fiches(desk: Desk) -> Sign:
    late = stale(desk)
    if fault := desk.broken():
        return Sign("fiches", "Fiches", f"Les dernières bonnes sont montrées. À corriger : {fault}", bien=False)
    seen = f"{len(late)} passage(s) à relire" if late else "Toutes à jour"
    return Sign("fiches", "Fiches à réviser", seen, bien=not late)


def _echeances(desk: Desk) -> Sign:
    """A month ahead, so that nobody learns of it from a person who was told something old."""
    data, passages = aging(desk)
    told = [f"{one.quoi} : avant le {one.a_revoir_le:%d/%m/%Y}" for one in data]
    told += [f"{len(passages)} passage(s) dans le mois"] if passages else []
    return Sign("echeances", "Données de l'année", " ; ".join(told) or "Rien à revoir dans le mois", bien=not told)


def stale(desk: Desk) -> list[Any]:
    """Passages whose review date has passed, the oldest first."""
    late = [passage for passage in desk.passages().values() if passage.stale(desk.today)]
    return sorted(late, key=lambda passage: passage.a_revoir_le)


def ago(age: timedelta) -> str:
    """« il y a 5 min »."""
    return f"il y a {span(age)}"


def span(age: timedelta) -> str:
    """A duration in one unit."""
    seconds = max(0, int(age.total_seconds()))
    for unit, size in (("jour", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'s' if unit == 'jour' and number > 1 else ''}"
    return f"{seconds} s"


def as_json(desk: Desk) -> tuple[str, bool]:
    """The same for a monitor, without a word on anybody, and whether all is well; never raises."""
    now = desk.clock.now()
    try:
        found = _looked(desk)
    except DatabaseError as error:
        note("base", now, well=False)
        seen = f"La base de données ne se lit pas, depuis {span(now - failing['base'])}"
        data = {"etat": "a-voir", "le": now.isoformat(), "signes": {"base": False}, "depuis": {"base": seen}}
        _log.error("the status page cannot read the database: %s", type(error).__name__)
        return json.dumps(data, ensure_ascii=False), False
    note("base", now, well=True)
    return found


def _looked(desk: Desk) -> tuple[str, bool]:
    found = signs(desk)
    well = all(sign.bien for sign in found if sign.code not in READING)
    now = desk.clock.now()
    beats = {beat.role: int((now - beat.at).total_seconds()) for beat in Heartbeat.objects.all()}
    data = {
        "etat": "bien" if well else "a-voir",
        "le": now.isoformat(),
        "signes": {sign.code: sign.bien for sign in found},
        "depuis": {sign.code: sign.vu for sign in found if not sign.bien and sign.code not in READING},
        "battements_secondes": beats,
        **queues(now),
        "fiches_a_reviser": len(stale(desk)),
    }
    return json.dumps(data, ensure_ascii=False), well
