"""What people tell before any form is open, « mission locale de Limoges, plombier, on fait comment ? »: it waits for the form."""

from collections.abc import Mapping

from bot.conversation.deciding import apart, beside, persons
from bot.conversation.hearing.heard import Act, Heard
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.reading.outcome import Value
from bot.reading.spoken import said

_OF_THE_PERSON = frozenset(
    {
        Champ.SUIVI_PAR, Champ.CONSEILLER, Champ.SITUATION, Champ.DATE_NAISSANCE, Champ.COMMUNE, Champ.HANDICAP, Champ.RSA,
        Champ.INSCRIT_FRANCE_TRAVAIL, Champ.OBJECTIF, Champ.METIER, Champ.HOTE_CONNU, Champ.ENTREPRISE, Champ.TUTEUR,
        Champ.PRENOM, Champ.NOM, Champ.EMAIL, Champ.TELEPHONE,
    }
)  # fmt: skip
"""Days and hours told with a question are often those of something else: they are asked."""

UNSURE = 0.3
"""Weight of danger, or of somebody else's business, from which nothing is kept."""


def keep(scene: Scene, heard: Heard) -> None:
    """Remember what the message states of the form, while none is open and no request is under way; nothing is said."""
    if scene.session.opened or scene.session.answers or scene.dossier.demandes or scene.memory.alarmed:
        return
    if max(heard.sounds(Act.DANGER), heard.sounds(Act.OTHERS)) >= UNSURE or persons.role(scene, heard):
        return
    if said(scene.house.spoken, heard.text, "personnes.autre_sujet"):
        return
    found = _stated(scene, heard.facts or heard.text)
    if found:
        scene.remember(waiting={**scene.memory.waiting, **found})


def _stated(scene: Scene, text: str) -> Mapping[Champ, Json]:
    read = apart.stated(scene, text, None)
    values = {champ: one.value for champ, one in read.items() if isinstance(one, Value)}
    values |= {champ: value for champ, value in beside.told_by_name(scene).items() if champ not in values}
    if Champ.ENTREPRISE in values or Champ.TUTEUR in values:
        values[Champ.HOTE_CONNU] = True
    return {champ: value for champ, value in values.items() if champ in _OF_THE_PERSON}
