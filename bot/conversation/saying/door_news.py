"""The door told as soon as the table decides: the body, why, what it takes, the other door, the source and its date."""

from collections.abc import Iterator

from bot.conversation import listed
from bot.conversation.saying import doors
from bot.conversation.saying.telling import source_line
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.fiche import Citation
from bot.domain.orientation import Handicap, Orientation, Situation
from bot.domain.regles import Parametre
from bot.form.demande_flow import employed
from bot.form.routing import profil, settled, unfollowed

_ADVISED, _SICK = "delai_conseille_jours_ouvres", "dossier_arret_maladie_max"
"""Rows of regles.yaml; a body may have its own advised delay (`delai_conseille_jours_ouvres_mission_locale`)."""


def news(scene: Scene) -> str:
    """What to say of the body now that it was not told yet, or that another answer changed it; else nothing."""
    now = decided(scene)
    if now is None:
        return ""
    before = scene.memory.door
    body = _told(scene, now, before) if before != now.organisme else ()
    scene.remember(door=now.organisme)
    return "\n".join(part for part in (*body, _office(scene)) if part)


def _office(scene: Scene) -> str:
    """The local office, once one is known; another one is said to take its place."""
    office, before = scene.office, scene.memory.office
    if office is None or office.id == before:
        return ""
    scene.remember(office=office.id)
    return scene.house.words.say("porte.bureau", bureau=listed.office_card(scene, office))


def noted(scene: Scene) -> None:
    """Take what is decided as told: somebody else has said it."""
    now = decided(scene)
    if now is not None:
        scene.remember(door=now.organisme, office=scene.office.id if scene.office else "")


def decided(scene: Scene) -> Orientation | None:
    """Where the draft goes, once no answer to come is asked because it may change that; None before."""
    draft = scene.draft
    found = draft.orientation
    if found is None or found.dispositif != "pmsmp" or scene.memory.completing or scene.memory.can_i:
        return None
    return found if settled(scene.house.flow, draft) else None


def _told(scene: Scene, now: Orientation, before: str) -> Iterator[str]:
    words, rule = scene.house.words, delay(scene, now)
    sources = [Citation(one.titre, one.url, one.verifiee_le) for one in now.sources[:1] if one.verifiee_le]
    if now.organisme == doors.UNDECIDED:
        yield doors.doors(scene, now)
        yield source_line(words, sources)
        return
    name = doors.body_name(scene, now.organisme)
    if before and before != doors.UNDECIDED:
        yield words.say("porte.change", ancien=doors.body_name(scene, before), organisme=name, motif=now.motif)
    else:
        yield words.say("porte.annonce", organisme=name, motif=now.motif)
    yield takes(scene)
    if f"{rule.valeur} {rule.unite}" not in now.motif:
        yield how_long(scene, rule)
    yield runner_up(scene, now)
    own = [] if rule.url in {one.url for one in sources} else [Citation(rule.article, rule.url, rule.verifiee_le)]
    yield source_line(words, [*sources, *own])


def takes(scene: Scene) -> str:
    """Who signs before the first day."""
    words = scene.house.words
    signed = words.say("porte.signent_mineur" if scene.draft.minor else "porte.signent")
    return f"{signed} {words.say('porte.employeur')}" if employed(scene.draft) else signed


def delay(scene: Scene, now: Orientation) -> Parametre:
    """The checked fact on how long it takes, for this situation and this body."""
    regles = scene.house.regles
    own = f"{_ADVISED}_{now.organisme.replace('-', '_')}"
    if scene.draft.text(Champ.SITUATION) == Situation.ARRET_MALADIE:
        return regles.parametre(_SICK, scene.today)
    return regles.parametre(own if regles.connait(own) else _ADVISED, scene.today)


def how_long(scene: Scene, rule: Parametre) -> str:
    """How long to plan for, never promised."""
    words, number = scene.house.words, str(rule.valeur)
    if rule.cle == _SICK:
        least = scene.house.regles.valeur("dossier_arret_maladie_min", scene.today)
        return words.say("porte.delai_arret", minimum=str(least), nombre=number)
    return words.say("porte.delai", nombre=number)


def runner_up(scene: Scene, now: Orientation) -> str:
    """The other possible body, and when it would be the right one."""
    words = scene.house.words
    other = next((one for one in now.alternatives if not _closed(scene, one.organisme)), None)
    if other is not None:
        return words.say("porte.autre", organisme=doors.body_name(scene, other.organisme), motif=other.motif)
    alone = unfollowed(scene.house.router, profil(scene.draft))
    if alone.organisme in {now.organisme, doors.UNDECIDED} or alone.dispositif != "pmsmp":
        return ""
    return words.say("porte.sans_suivi", organisme=doors.body_name(scene, alone.organisme))


def _closed(scene: Scene, slug: str) -> bool:
    """Whether what the person said already rules this door out: too old for it, or no recognised disability."""
    draft = scene.draft
    youth = scene.house.regles.valeur("age_mission_locale", scene.today)
    too_old = draft.age is not None and draft.age >= youth
    return (slug == "mission-locale" and too_old) or (
        slug == "cap-emploi" and draft.text(Champ.HANDICAP) == Handicap.NON
    )
