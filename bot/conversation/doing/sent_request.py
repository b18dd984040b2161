"""After sending: status, a change on a sent request, withdrawing, and reaching a person."""

import re

from bot.conversation.saying import documents, questions, review
from bot.conversation.scene import Rows, Scene
from bot.domain.demande import OUVERTS, Changement, Demande
from bot.domain.message import Reply
from bot.domain.turn import CloseHandoff, OpenHandoff, RelayToCounsellor, WithdrawDemande
from bot.form import recap
from bot.reading.plain import plain


def status(scene: Scene) -> Reply:
    """Every request: where it stands, who holds it, since when, what comes next. No promise."""
    words = scene.house.words
    if not scene.dossier.demandes:
        scene.say("suivi.aucune")
        return questions.prompt(scene)
    for sent in scene.dossier.demandes[-5:]:
        scene.lead.append(one_status(scene, sent))
    rows: Rows = ()
    if any(sent.statut in OUVERTS for sent in scene.dossier.demandes):
        rows = (
            (scene.button(words.say("boutons.modifier_envoyee"), "menu", "modifier"),),
            (scene.button(words.say("boutons.retirer"), "menu", "retirer"),),
        )
    if scene.session.opened:
        return questions.prompt(scene)
    given = documents.buttons(scene, scene.dossier.demandes[-1])
    person_row = (scene.button(words.say("menu.humain"), "menu", "humain"),)
    return scene.reply(rows=(*rows, *given, person_row)[: questions.BUTTONS])


def one_status(scene: Scene, sent: Demande) -> str:
    """One request in a few lines."""
    words = scene.house.words
    return words.say(
        "suivi.demande",
        numero=sent.numero,
        jour=words.day(sent.envoyee_le.date()),
        organisme=review.body_name(scene, sent.organisme),
        statut=words.say(f"statut.{sent.statut.value}"),
        suite=words.say(f"suite.{sent.statut.value}"),
    )


def latest_open(scene: Scene) -> Demande | None:
    """The last request somebody still has to deal with."""
    return next((sent for sent in reversed(scene.dossier.demandes) if sent.statut in OUVERTS), None)


def changes(scene: Scene, sent: Demande) -> tuple[Changement, ...]:
    """What the draft changes in a sent request, field by field."""
    values = scene.values
    names = dict.fromkeys((*sent.answers, *values))
    return tuple(
        Changement(champ, sent.answers.get(champ), values.get(champ))
        for champ in names
        if sent.answers.get(champ) != values.get(champ)
    )


def person(scene: Scene) -> Reply:
    """The body's contact at once, and the offer to hand the conversation over."""
    words = scene.house.words
    slug = holder(scene)
    scene.remember(confirm={"kind": "humain"}, propose=None)
    if scene.session.answers:
        choices: tuple[str, ...] = ("humain_avec", "humain_sans", "continuer")
        offer = words.say("humain.offre_brouillon")
    else:
        choices = ("humain_sans", "continuer")
        offer = words.say("humain.offre")
    rows = tuple((scene.button(words.say(f"boutons.{name}"), "confirm", name),) for name in choices)
    return scene.reply(words.say("humain.contact"), reach(scene, slug), offer, rows=rows)


_USUAL_DOORS = ("france-travail", "mission-locale", "cap-emploi")


def reach(scene: Scene, slug: str) -> str:
    """How to reach a body; where none is decided, the real doors and the official help page."""
    if slug != review.UNDECIDED:
        return review.contact(scene, slug)
    words, orientation = scene.house.words, scene.draft.orientation
    doors = orientation.alternatives if orientation else ()
    known = [(door.organisme, door.motif) for door in doors] or [(usual, "") for usual in _USUAL_DOORS]
    rows = [
        words.say(
            "humain.porte" if motif else "humain.porte_seule",
            organisme=review.body_name(scene, name),
            motif=motif,
            site=review.address(scene, name),
        )
        for name, motif in known
    ]
    help_page = scene.house.organismes.get(slug)
    if help_page and help_page.contact.site and help_page.contact.verifie_le:
        day = words.day(help_page.contact.verifie_le, weekday=False)
        rows.append(words.say("humain.aide_officielle", site=help_page.contact.site, jour=day))
    return "\n".join((words.say("humain.portes"), *rows))


def holder(scene: Scene) -> str:
    """Whom the person should talk to: the body of the last request, else that of the draft."""
    sent = latest_open(scene)
    if sent is not None:
        return sent.organisme
    orientation = scene.draft.orientation
    return orientation.organisme if orientation else review.UNDECIDED


def hand_over(scene: Scene, *, with_draft: bool) -> Reply:
    """Open the hand-off, with the draft only if the person agreed."""
    words = scene.house.words
    slug = holder(scene)
    urgent = bool(scene.memory("urgent"))
    scene.effects.append(OpenHandoff(slug, urgent=urgent, brouillon=scene.values if with_draft else None))
    scene.remember(confirm=None, urgent=None)
    key = "humain.transmis_accueil" if slug == review.UNDECIDED else "humain.transmis"
    return scene.reply(
        words.say(key, organisme=review.body_name(scene, slug)),
        rows=((scene.button(words.say("boutons.robot"), "menu", "robot"),),),
    )


def relay(scene: Scene) -> Reply:
    """A counsellor holds the conversation: pass the words on, acknowledge once."""
    handoff = scene.dossier.handoff
    words = scene.house.words
    scene.effects.append(RelayToCounsellor(scene.text))
    rows = ((scene.button(words.say("boutons.robot"), "menu", "robot"),),)
    if handoff is None:
        return scene.reply(words.say("humain.relaye"), rows=rows)
    waited = scene.at - handoff.opened_at
    if not handoff.taken and waited.total_seconds() > 2 * 24 * 3600:
        return scene.reply(
            words.say("humain.attente", jour=words.day(handoff.opened_at.date())),
            reach(scene, handoff.organisme),
            rows=rows,
        )
    return scene.reply(words.say("humain.relaye"), rows=rows)


def back_to_bot(scene: Scene) -> Reply:
    """The person takes the conversation back."""
    if scene.dossier.handoff is not None:
        scene.effects.append(CloseHandoff())
        scene.say("humain.retour")
    return questions.prompt(scene)


def ask_withdraw(scene: Scene) -> Reply:
    """Withdraw a sent request: confirmed first."""
    words = scene.house.words
    sent = latest_open(scene)
    if sent is None:
        from bot.conversation.doing import navigate

        return navigate.cancel(scene)
    scene.remember(confirm={"kind": "retirer", "demande": sent.id})
    rows = tuple(
        (scene.button(words.say(f"boutons.{name}"), "confirm", name),) for name in ("oui_retirer", "continuer")
    )
    return scene.reply(words.say("suivi.retirer", numero=sent.numero), rows=rows)


def withdraw(scene: Scene, demande_id: str) -> Reply:
    """Withdraw, and say that the body is told."""
    sent = next((one for one in scene.dossier.demandes if one.id == demande_id), None)
    if sent is None:
        return status(scene)
    scene.effects.append(WithdrawDemande(sent.id, scene.house.words.say("suivi.motif_retrait")))
    scene.say("suivi.retiree", numero=sent.numero, organisme=review.body_name(scene, sent.organisme))
    return questions.prompt(scene)


def shown_changes(scene: Scene, changed: tuple[Changement, ...]) -> str:
    """Old → new, one line a field."""
    from bot.conversation.doing.filling import label
    from bot.domain.demande import Champ

    words = scene.house.words
    return "\n".join(
        words.say(
            "form.change",
            champ=label(scene, Champ(one.champ)),
            ancien=recap.shown(words, Champ(one.champ), one.avant),
            nouveau=recap.shown(words, Champ(one.champ), one.apres),
        )
        for one in changed
    )


def mistaken(scene: Scene) -> bool:
    """« je me suis trompé de date », nothing being filled, a request being dealt with."""
    words = plain(scene.text)
    said = re.search(r"\b(?:trompee?|erreur|chang\w*|modifi\w*|corrig\w*|rectifi\w*)\b", words)
    return bool(said) and not words.endswith("droit") and latest_open(scene) is not None and not scene.session.answers


def corrected(scene: Scene) -> Reply | None:
    """« en fait plutôt du 11 au 15 janvier » after sending: the sent request is opened again, with that change."""
    from bot.conversation.deciding import repair
    from bot.conversation.doing import told_by_desk

    sent = latest_open(scene)
    if sent is None or scene.session.answers or not repair.opens_correction(scene.text):
        return None
    before = scene.session, list(scene.lead), list(scene.effects)
    told_by_desk.reopen(scene, sent, ())
    scene.say("suivi.modifier", numero=sent.numero, organisme=review.body_name(scene, sent.organisme))
    reply = repair.correct(scene)
    if reply is None:
        scene.session, scene.lead, scene.effects = before
    return reply


def ask_change(scene: Scene) -> Reply:
    """A sent request, opened again: nothing changes on the desk before « Envoyer »."""
    from bot.conversation.deciding import repair
    from bot.conversation.doing import told_by_desk

    sent = latest_open(scene)
    if sent is None:
        return status(scene)
    words = plain(scene.text)
    told_by_desk.reopen(scene, sent, ())
    step = repair.named_step(scene, words) if words else None
    scene.say("suivi.modifier", numero=sent.numero, organisme=review.body_name(scene, sent.organisme))
    if step is not None:
        scene.remember(edit=step.name)
    return questions.prompt(scene)
