"""The demande made of a draft: same draft, same identifier, whatever is replayed."""

import base64
import uuid
from datetime import timedelta

from bot.conversation import listed
from bot.conversation.scene import Scene
from bot.domain.demande import OUVERTS, Champ, Changement, Demande, Evenement, Role, Statut
from bot.domain.organisme import Bureau
from bot.domain.orientation import Orientation, Profil
from bot.domain.reponses import Reponses
from bot.domain.session import Json
from bot.reading.plain import plain

NAMESPACE = uuid.UUID("6f1c9d2e-4f0b-5d3a-9a53-2f8a1e0b7c11")

_TWINS = (Champ.METIER, Champ.SIRET, Champ.DATE_DEBUT, Champ.DATE_FIN)


def demande_id(chat: int, token: str) -> str:
    """The identifier of the demande that this draft becomes."""
    return str(uuid.uuid5(NAMESPACE, f"{chat}:{token}"))


def numero(identifier: str, year: int) -> str:
    """The reference a person can read aloud: no letter that looks like a digit."""
    code = base64.b32encode(uuid.UUID(identifier).bytes).decode("ascii")[:6]
    return f"{year}-{code.translate(str.maketrans('IO', 'XY'))}"


def _explained(scene: Scene, orientation: Orientation, office: Bureau | None) -> dict[str, Json]:
    where: dict[str, Json] = {}
    if office is not None:
        street = " ".join(part for part in (office.code_postal, office.commune) if part)
        where["bureau"] = {
            "id": office.id,
            "nom": listed.office_name(scene, office),
            "adresse": ", ".join(part for part in (office.adresse, street) if part),
            "telephone": office.telephone,
            "horaires": office.horaires,
            "url": office.url,
        }
    return where | {
        "regle": orientation.regle,
        "motif": orientation.motif,
        "motif_conseiller": orientation.motif_conseiller,
        "alternatives": [{"organisme": door.organisme, "motif": door.motif} for door in orientation.alternatives],
        "missing": list(orientation.missing),
    }


def demande(scene: Scene) -> Demande:
    """The demande as it is sent: the answers that apply, the body, the reason."""
    draft = scene.draft
    orientation = draft.orientation or scene.house.router.route(Profil())
    office = scene.office
    answers: dict[str, Json] = {
        champ: draft.answers[champ]
        for step in scene.house.flow.visible(draft)
        for champ in step.fields
        if draft.has(champ)
    }
    if office is not None:
        answers |= {champ.value: value for champ, value in listed.office_values(scene, office).items()}
    identifier = demande_id(scene.session.chat, scene.memory.token)
    return Demande(
        id=identifier,
        numero=numero(identifier, scene.today.year),
        chat=scene.session.chat,
        organisme=orientation.organisme,
        answers=answers,
        envoyee_le=scene.at,
        dispositif=orientation.dispositif,
        orientation=_explained(scene, orientation, office),
        evenements=(Evenement(at=scene.at, auteur=Role.PERSONNE, quoi="envoyee"),),
    )


def twin(scene: Scene) -> Demande | None:
    """A demande sent less than a day ago for the same trade, host and dates."""
    values = scene.values
    recent = scene.at - timedelta(hours=24)
    for sent in reversed(scene.dossier.demandes):
        same = all(sent.answers.get(champ) == values.get(champ) for champ in _TWINS)
        if same and sent.envoyee_le >= recent and sent.statut not in {Statut.ANNULEE, Statut.REFUSEE}:
            return sent
    return None


def rival(scene: Scene) -> Demande | None:
    """A request still open, at any body, for the same immersion: the same days, in the same host or in none named yet."""
    draft = scene.draft
    days = (draft.day(Champ.DATE_DEBUT), draft.day(Champ.DATE_FIN))
    for sent in reversed(scene.dossier.demandes):
        theirs = (sent.iso_date(Champ.DATE_DEBUT), sent.iso_date(Champ.DATE_FIN))
        if sent.statut in OUVERTS and None not in days and theirs == days and _same_host(sent.reponses, draft):
            return sent
    return None


def _same_host(one: Reponses, other: Reponses) -> bool:
    """The same SIRET, else the same name; two requests without a host are one where the trade is the same."""
    for champ in (Champ.SIRET, Champ.ENTREPRISE):
        if one.text(champ) and other.text(champ):
            return plain(one.text(champ)) == plain(other.text(champ))
    unnamed = not any(kept.text(champ) for kept in (one, other) for champ in (Champ.SIRET, Champ.ENTREPRISE))
    return unnamed and plain(one.text(Champ.METIER)) == plain(other.text(Champ.METIER))


def changes(scene: Scene, sent: Demande) -> tuple[Changement, ...]:
    """What the draft changes in a sent request, field by field."""
    values = scene.values
    names = dict.fromkeys((*sent.answers, *values))
    return tuple(
        Changement(champ, sent.answers.get(champ), values.get(champ))
        for champ in names
        if sent.answers.get(champ) != values.get(champ)
    )
