"""Where a request goes, how to reach a body, and the right door when it is not a PMSMP."""

from dataclasses import replace

from bot.conversation import listed
from bot.conversation.scene import Rows, Scene
from bot.domain import regex as re
from bot.domain.demande import Champ, Demande
from bot.domain.message import Button, Reply
from bot.domain.organisme import Organisme
from bot.domain.orientation import Orientation
from bot.form.routing import elsewhere, profil

UNDECIDED = "a-confirmer"

PUBLIC_SERVICE = "immersion-fonction-publique"
"""The scheme of civil servants, asked for months ahead."""


_CONTRACTED = {"le ": "le", "les ": "les"}
"""Articles that « à » takes in: « au conseil départemental ».  The words themselves are in messages.yaml."""

_ARTICLE = re.compile(r"(?:La|Le|Les|Votre|Vos|Un|Une) |L['’]")


def where(scene: Scene, orientation: Orientation) -> str:
    """The body and the reason, in one sentence each."""
    if orientation.organisme == UNDECIDED:
        return doors(scene, orientation)
    return scene.house.words.say(
        "orientation.vers", organisme=body_name(scene, orientation.organisme), motif=orientation.motif
    )


def body_name(scene: Scene, slug: str) -> str:
    """The name of a body as people know it, as it stands inside a sentence."""
    body = scene.house.organismes.get(slug)
    return _inside(body.nom) if body else slug


def holder_name(scene: Scene, sent: Demande) -> str:
    """The office that holds a request, else its body."""
    office = sent.orientation.get("bureau")
    name = office.get("nom") if isinstance(office, dict) else None
    return str(name) if name else body_name(scene, sent.organisme)


def toward(scene: Scene, slug: str) -> str:
    """The body after « envoyer »: « à la mission locale », « au conseil départemental »."""
    name = body_name(scene, slug)
    found = next((article for article in _CONTRACTED if name.startswith(article)), "")
    return scene.house.words.say(f"vers.{_CONTRACTED.get(found, 'autre')}", nom=name.removeprefix(found))


def _inside(name: str) -> str:
    """« La mission locale » is « la mission locale » after a colon or « chez »."""
    return name[:1].lower() + name[1:] if _ARTICLE.match(name) else name


def address(scene: Scene, slug: str) -> str:
    """The one line that leads to a body: its phone, its site, else where to look it up."""
    body = scene.house.organismes.get(slug)
    known = (body.contact.telephone, body.contact.site, body.contact.annuaire, body.contact.note) if body else ()
    return next((line for line in known if line), "")


def contact(scene: Scene, slug: str, *, sourced: bool = True) -> str:
    """How to reach a body: the local office where one is listed, else its contact, with its source or without."""
    words = scene.house.words
    body = scene.house.organismes.get(slug)
    if body is None:
        return ""
    known = body.contact
    shown = [_office(scene, body), known.telephone, known.site, known.annuaire, known.note]
    text = "\n".join(part for part in dict.fromkeys(shown) if part)
    if not text:
        return ""
    checked = words.day(known.verifie_le, weekday=False) if known.verifie_le else ""
    dated = sourced and known.source and checked
    source = words.say("orientation.source", source=known.source, jour=checked) if dated else ""
    named = words.say("orientation.contact", organisme=_inside(body.nom))
    return "\n".join(part for part in (named, text, source) if part)


def _office(scene: Scene, body: Organisme) -> str:
    mine = scene.office
    if mine is not None and mine.reseau in {"", body.slug}:
        return listed.office_card(scene, mine)
    place = scene.values.get(Champ.COMMUNE)
    departement = place.get("departement") if isinstance(place, dict) else None
    found = next((one for one in body.bureaux if departement in one.departements), None)
    return listed.office_card(scene, found) if found is not None else ""


def doors(scene: Scene, orientation: Orientation) -> str:
    """No rule decides: every door to knock at, with its reason."""
    rows = "\n".join(
        scene.house.words.say("orientation.porte", organisme=body_name(scene, door.organisme), motif=door.motif)
        for door in orientation.alternatives
    )
    return "\n".join(
        part for part in (scene.house.words.say("orientation.a_confirmer"), orientation.motif, rows) if part
    )


def wrong_door(scene: Scene) -> Reply | None:
    """The right door when it is not a PMSMP: explained as soon as the table decides, and no useless request is made."""
    draft = scene.draft
    if draft.too_young:
        return too_young(scene)
    orientation = draft.orientation
    if orientation is None or orientation.organisme == UNDECIDED:
        return None
    if not elsewhere(scene.house.router, profil(draft), orientation):
        return None
    return _other_scheme(scene, orientation)


def too_young(scene: Scene) -> Reply:
    """Under the minimum age: nothing about a child is kept."""
    words = scene.house.words
    age = scene.house.regles.parametre("age_minimum", scene.today)
    child = replace(profil(scene.draft), age=age.valeur - 1)
    explained = _explained(scene, scene.house.router.route(child))
    text = words.say(
        "orientation.trop_jeune", age=str(age.valeur), source=age.url, jour=words.day(age.verifiee_le, weekday=False)
    )
    return scene.reply(text, explained, rows=door_rows(scene, corrigible=False))


def _other_scheme(scene: Scene, orientation: Orientation) -> Reply:
    text = _explained(scene, orientation)
    return scene.reply(scene.house.words.say("orientation.autre_porte"), text, rows=door_rows(scene))


def _explained(scene: Scene, orientation: Orientation) -> str:
    words = scene.house.words
    known = body_name(scene, orientation.organisme)
    shown = [words.say("orientation.adresse", organisme=known, motif=orientation.motif)]
    shown.append(contact(scene, orientation.organisme, sourced=not orientation.sources))
    if orientation.dispositif == PUBLIC_SERVICE:
        ahead = scene.house.regles.valeur("delai_fonction_publique_mois", scene.today)
        shown.append(words.say("porte.delai_fonction_publique", nombre=str(ahead)))
    shown += [
        words.say("orientation.alternative", organisme=body_name(scene, door.organisme), motif=door.motif)
        for door in orientation.alternatives
    ]
    links = [link for link in orientation.sources[:2] if not any(link.url in part for part in shown)]
    shown.append(words.say("porte.ici"))
    shown += [
        words.say("reponse.source", titre=one.titre, url=one.url, jour=words.day(one.verifiee_le, weekday=False))
        for one in links
        if one.verifiee_le
    ]
    return "\n".join(part for part in shown if part)


def door_rows(scene: Scene, *, corrigible: bool = True) -> Rows:
    """What one can do when the form stops here."""
    words = scene.house.words
    names = ("corriger",) if corrigible else ()
    rows: list[tuple[Button, ...]] = [(scene.button(words.say(f"boutons.{name}"), "recap", name),) for name in names]
    rows += [(scene.button(words.say(f"menu.{name}"), "menu", name),) for name in ("question", "humain")]
    return tuple(rows)
