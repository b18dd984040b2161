"""Nothing is pending: the recap, its two buttons, sending once, and the doors that are not ours."""

import re
from dataclasses import replace

from bot.conversation.doing import sending
from bot.conversation.saying import documents, law
from bot.conversation.scene import Rows, Scene, profil
from bot.domain.demande import OUVERTS, Champ, Statut
from bot.domain.message import Button, Reply
from bot.domain.organisme import Organisme
from bot.domain.orientation import Orientation
from bot.domain.turn import ChangeDemande, SendDemande
from bot.form import recap
from bot.form.flow import Step

UNDECIDED = "a-confirmer"
_ARTICLE = re.compile(r"(?:La|Le|Les|Votre|Vos|Un|Une) |L['’]")
_DECIDING = ("accompagnement", "situation")


def summary(scene: Scene) -> Reply:
    """The numbered recap, where it will go and why, and what can be done with it."""
    words, draft = scene.house.words, scene.draft
    scene.remember(asked="recap", relu=scene.session.version)
    orientation = draft.orientation
    goes = where(scene, orientation) if orientation else ""
    stops = law.blocking(scene)
    return scene.reply(
        f"*{words.say('recap.titre')}*",
        recap.numbered(words, scene.house.flow, draft),
        goes,
        "\n".join(law.remarks(scene)),
        words.say("recap.a_corriger") if stops else words.say("recap.invite"),
        rows=summary_rows(scene, sendable=not stops),
    )


def summary_rows(scene: Scene, *, sendable: bool = True) -> Rows:
    """Send, correct, add: bound to this version of the draft."""
    words = scene.house.words
    names = ("envoyer", "corriger") if sendable else ("corriger",)
    rows = [(scene.button(words.say(f"boutons.{name}"), "recap", name),) for name in names]
    for champ, name in ((Champ.AMENAGEMENTS, "amenagements"), (Champ.URGENCE_NOM, "urgence")):
        if not scene.draft.has(champ):
            rows.append((scene.button(words.say(f"boutons.{name}"), "recap", name),))
    rows.append((scene.button(words.say("boutons.plus_tard"), "recap", "garder"),))
    return tuple(rows)


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


def _inside(name: str) -> str:
    """« La mission locale » is « la mission locale » after a colon or « chez »."""
    return name[:1].lower() + name[1:] if _ARTICLE.match(name) else name


def address(scene: Scene, slug: str) -> str:
    """The one line that leads to a body: its phone, its site, else where to look it up."""
    body = scene.house.organismes.get(slug)
    known = (body.contact.telephone, body.contact.site, body.contact.annuaire, body.contact.note) if body else ()
    return next((line for line in known if line), "")


def contact(scene: Scene, slug: str) -> str:
    """How to reach a body: the local office where one is listed, else its sourced contact."""
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
    source = words.say("orientation.source", source=known.source, jour=checked) if known.source and checked else ""
    named = words.say("orientation.contact", organisme=_inside(body.nom))
    return "\n".join(part for part in (named, text, source) if part)


def _office(scene: Scene, body: Organisme) -> str:
    place = scene.values.get(Champ.COMMUNE)
    departement = place.get("departement") if isinstance(place, dict) else None
    for office in body.bureaux:
        if departement in office.departements:
            shown = (office.nom, office.adresse, office.telephone, office.email, office.horaires)
            return "\n".join(part for part in shown if part)
    return ""


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
    """The right door when it is not a PMSMP: explained, and no useless request is made."""
    draft = scene.draft
    if draft.too_young:
        return too_young(scene)
    decided = all(step.done(draft) for step in _deciding_steps(scene))
    orientation = draft.orientation
    if not decided or orientation is None or orientation.dispositif == "pmsmp":
        return None
    if orientation.organisme == UNDECIDED:
        return None
    return _other_scheme(scene, orientation)


def _deciding_steps(scene: Scene) -> tuple[Step, ...]:
    return tuple(step for step in scene.house.flow.visible(scene.draft) if step.section in _DECIDING)


def too_young(scene: Scene) -> Reply:
    """Under the minimum age: nothing about a child is kept."""
    words = scene.house.words
    age = scene.house.regles.parametre("age_minimum", scene.today)
    child = replace(profil(scene.draft), age=age.valeur - 1)
    explained = _explained(scene, scene.house.router.route(child))
    scene.session = replace(
        scene.session, answers={}, skipped=frozenset(), opened=False, version=scene.session.version + 1
    )
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
    shown.append(contact(scene, orientation.organisme))
    shown += [
        words.say("orientation.alternative", organisme=body_name(scene, door.organisme), motif=door.motif)
        for door in orientation.alternatives
    ]
    links = [link for link in orientation.sources[:2] if not any(link.url in part for part in shown)]
    shown += [words.say("orientation.lien", titre=link.titre, url=link.url) for link in links]
    return "\n".join(part for part in shown if part)


def door_rows(scene: Scene, *, corrigible: bool = True) -> Rows:
    """What one can do when the form stops here."""
    words = scene.house.words
    names = ("corriger",) if corrigible else ()
    rows: list[tuple[Button, ...]] = [(scene.button(words.say(f"boutons.{name}"), "recap", name),) for name in names]
    rows += [(scene.button(words.say(f"menu.{name}"), "menu", name),) for name in ("question", "humain")]
    return tuple(rows)


def send(scene: Scene, *, confirmed: bool = False) -> Reply:
    """Send the current version, once; refuse where no body is decided, ask where a twin exists."""
    words = scene.house.words
    orientation = scene.draft.orientation
    if scene.memory("relu") != scene.session.version:
        return summary(scene)
    if orientation is None or not _receives(scene, orientation):
        return _not_sendable(scene, orientation)
    if law.blocking(scene):
        fix = scene.button(words.say("boutons.corriger"), "recap", "corriger")
        return scene.reply("\n".join(law.refusal(scene)), rows=((fix,),))
    completing = scene.memory("complete")
    if isinstance(completing, str):
        return _completed(scene, completing)
    twin = None if confirmed else sending.twin(scene)
    if twin is not None:
        scene.remember(confirm={"kind": "doublon"})
        text = words.say("envoi.doublon", numero=twin.numero, jour=words.day(twin.envoyee_le.date()))
        rows = tuple((scene.button(words.say(f"boutons.doublon_{name}"), "confirm", name),) for name in ("oui", "non"))
        return scene.reply(text, rows=rows)
    return _sent(scene)


def _receives(scene: Scene, orientation: Orientation) -> bool:
    """The body is decided, receives such requests, and has not closed since."""
    body = scene.house.organismes.get(orientation.organisme)
    closed = body is not None and body.ferme_le is not None and body.ferme_le <= scene.today
    return orientation.organisme != UNDECIDED and orientation.dispositif == "pmsmp" and not closed


def _not_sendable(scene: Scene, orientation: Orientation | None) -> Reply:
    words = scene.house.words
    shown = doors(scene, orientation) if orientation else ""
    rows = (
        (scene.button(words.say("boutons.qui_me_suit"), "recap", "suivi_par"),),
        (scene.button(words.say("menu.humain"), "menu", "humain"),),
    )
    return scene.reply(words.say("envoi.sans_organisme"), shown, rows=rows)


def _sent(scene: Scene) -> Reply:
    words = scene.house.words
    sent = sending.demande(scene)
    scene.effects.append(SendDemande(sent))
    motif = str(sent.orientation.get("motif", ""))
    first = words.say("envoi.fait", numero=sent.numero, organisme=body_name(scene, sent.organisme), motif=motif)
    reach = contact(scene, sent.organisme)
    todo = "\n".join(law.next_steps(scene, sent))
    forget_draft(scene)
    scene.remember(sent={"id": sent.id, "numero": sent.numero})
    rows = [*documents.buttons(scene, sent), (scene.button(words.say("menu.demandes"), "menu", "demandes"),)]
    if scene.memory("rappels") is None:
        rows.append((scene.button(words.say("boutons.rappels_oui"), "menu", "rappels"),))
    return scene.reply(first, reach, todo, words.say("envoi.suite"), rows=tuple(rows))


def _completed(scene: Scene, demande_id: str) -> Reply:
    known = next((one for one in scene.dossier.demandes if one.id == demande_id), None)
    if known is None or known.statut not in OUVERTS:
        forget_draft(scene)
        return scene.reply(scene.house.words.say("envoi.plus_attendue"))
    from bot.conversation.doing.sent_request import changes

    scene.effects.append(ChangeDemande(known.id, changes(scene, known), complete=known.statut is Statut.A_COMPLETER))
    forget_draft(scene)
    return scene.reply(
        scene.house.words.say("envoi.completee", numero=known.numero, organisme=body_name(scene, known.organisme))
    )


def forget_draft(scene: Scene) -> None:
    """Close the form: the draft is gone, its version still grows so that old buttons stay inert."""
    keep = ("history", "rappels", "sent", "vu", "garde")
    scene.session = replace(
        scene.session,
        answers={},
        skipped=frozenset(),
        opened=False,
        version=scene.session.version + 1,
        memory={key: value for key, value in scene.session.memory.items() if key in keep},
    )
