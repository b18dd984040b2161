"""Reminders with consent, none at night, one tap to stop; and the end of a draft left alone."""

from datetime import date, timedelta

from bot.conversation.doing import my_data, returning
from bot.conversation.memory import Nothing
from bot.conversation.saying import labels, law
from bot.conversation.scene import PARIS, Rows, Scene
from bot.domain.demande import Champ, Demande, Statut
from bot.domain.turn import Turn
from bot.errors import ContentError

MORNING, EVENING = 8, 21
LEFT_ALONE = timedelta(hours=24)


def due(scene: Scene) -> Turn | None:
    """What is due now, or None."""
    if returning.expired(scene):
        my_data.clear_draft(scene)
        return scene.turn(None)
    hour = scene.at.astimezone(PARIS).hour
    if scene.memory.reminders is not True or not MORNING <= hour < EVENING:
        return None
    key, params = _next(scene)
    return _remind(scene, key, params) if key else None


def _next(scene: Scene) -> tuple[str, dict[str, str]]:
    for sent in scene.dossier.demandes:
        key = _about(scene, sent)
        if key and not _told(scene, f"{key}:{sent.id}"):
            start = sent.iso_date(Champ.DATE_DEBUT)
            day = scene.house.words.day(start) if start else ""
            return key, {"numero": sent.numero, "jour": day, "id": sent.id, "reste": _still(scene, sent)}
    since = scene.session.updated_at
    alone = since is not None and scene.at - since >= LEFT_ALONE
    mark = f"brouillon:{scene.memory.token}"
    if scene.session.answers and alone and not _told(scene, mark):
        return "brouillon", {"id": scene.memory.token}
    return "", {}


def _about(scene: Scene, sent: Demande) -> str:
    """Which reminder a sent request calls for today."""
    start, end = sent.iso_date(Champ.DATE_DEBUT), sent.iso_date(Champ.DATE_FIN)
    if sent.statut in {Statut.REFUSEE, Statut.ANNULEE, Statut.SANS_SUITE} or start is None or end is None:
        return ""
    if sent.statut is Statut.CONVENTIONNEE:
        if start - scene.today == timedelta(days=1):
            return "veille"
        return "bilan" if timedelta(0) <= scene.today - end <= timedelta(days=3) else ""
    try:
        notice = scene.house.regles.valeur("delai_court_jours_ouvres", scene.today)
    except ContentError:
        return ""
    return "signatures" if 0 <= _working_days(scene, scene.today, start) <= notice else ""


def _working_days(scene: Scene, first: date, last: date) -> int:
    """Working days from `first` (not counted) to `last`; -1 once it has passed."""
    if last < first:
        return -1
    days = (first + timedelta(days=n) for n in range(1, min((last - first).days, 60) + 1))
    return sum(1 for day in days if day.weekday() < 5 and day not in scene.house.formats.holidays(day.year))


def _still(scene: Scene, sent: Demande) -> str:
    """What the person did not tick of what is left to do, in a few words."""
    words = scene.house.words
    open_ones = [one for one in law.left(scene, sent) if not law.ticked(scene, sent, one)]
    named = [words.say(f"demarche.court.{one.code}") for one in open_ones if words.has(f"demarche.court.{one.code}")]
    return words.say("rappels.reste", liste=", ".join(named)) if named else ""


def _told(scene: Scene, mark: str) -> bool:
    return mark in scene.memory.reminded


def _remind(scene: Scene, key: str, params: dict[str, str]) -> Turn:
    scene.remember(reminded=(*scene.memory.reminded[-20:], f"{key}:{params['id']}"), focus=Nothing())
    words = scene.house.words
    rows: Rows = ((scene.button(words.say("menu.reprendre"), "menu", "reprendre"),),) if key == "brouillon" else ()
    rows += ((scene.button(words.say("boutons.stop_rappels"), "menu", "stop_rappels"),),)
    reply = scene.reply(
        words.say(f"rappels.{key}", numero=params.get("numero", ""), jour=params.get("jour", "")),
        params.get("reste", "") if key == "signatures" else "",
        rows=rows,
    )
    labels.remember(scene, reply)
    return scene.turn(reply, at=scene.session.updated_at)
