"""What the demo's desk shows at first: requests in every status, a conversation, an urgent one; all invented."""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from bot import casework
from bot.app import Program
from bot.domain.champs import Champ
from bot.domain.demande import Changement, Demande, Evenement, Role, Statut
from bot.domain.orientation import Profil, SuiviPar
from bot.domain.turn import CounsellorWrote, OpenHandoff, RaiseAlarm, RelayToCounsellor

FIRST_CHAT = 9001
"""The invented persons' conversations are numbered from here, apart from whoever uses the chat page."""

BODY = "mission-locale"

_ROADS: Mapping[Statut, tuple[Statut, ...]] = {
    Statut.NOUVELLE: (),
    Statut.PRISE_EN_CHARGE: (Statut.PRISE_EN_CHARGE,),
    Statut.A_COMPLETER: (Statut.PRISE_EN_CHARGE, Statut.A_COMPLETER),
    Statut.COMPLETEE: (Statut.PRISE_EN_CHARGE, Statut.A_COMPLETER, Statut.COMPLETEE),
    Statut.PRETE: (Statut.PRISE_EN_CHARGE, Statut.PRETE),
    Statut.CONVENTIONNEE: (Statut.PRISE_EN_CHARGE, Statut.PRETE, Statut.CONVENTIONNEE),
    Statut.REFUSEE: (Statut.PRISE_EN_CHARGE, Statut.REFUSEE),
    Statut.SANS_SUITE: (Statut.SANS_SUITE,),
    Statut.ANNULEE: (Statut.ANNULEE,),
}
"""By which statuses a request comes to each one."""


def persons() -> Sequence[tuple[int, str]]:
    """The chat and the name of each invented person."""
    return [(FIRST_CHAT + rank, f"{one['reponses']['prenom']} Exemple") for rank, one in enumerate(_told()["demandes"])]


def known() -> int:
    """How many of these requests are on the desk already: an earlier demo in the same folder made them."""
    from bot.storage.models import DemandeRow

    return int(DemandeRow.objects.filter(chat__gte=FIRST_CHAT, chat__lt=FIRST_CHAT + len(persons())).count())


def furnish(whole: Program) -> int:
    """Fill an empty desk; how many requests were made. A desk where anything was sent is left as it is."""
    from django.db import transaction

    from bot.storage.models import DemandeRow
    from bot.storage.stores import DjangoDemandeStore

    if DemandeRow.objects.exists():
        return 0
    told, store = _told(), DjangoDemandeStore()
    with transaction.atomic():
        for rank, example in enumerate(told["demandes"]):
            sent = _sent(whole, told["commun"], example, rank)
            store.add(sent)
            lived = _lived(sent, example, told)
            if lived != sent:
                store.save(lived)
            if lived.statut is not Statut.NOUVELLE:
                DemandeRow.objects.filter(pk=sent.id).update(
                    pris_par=told["conseiller"], prevenu_at=lived.evenements[1].at
                )
        for talk in told["conversations"]:
            _talk(whole, talk, told)
    return len(told["demandes"])


def _told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resources.files("bot.cli").joinpath("exemples.json").read_text("utf-8"))
    return found


def _sent(whole: Program, common: Mapping[str, Any], example: Mapping[str, Any], rank: int) -> Demande:
    """One request as the bot stores it, sent a few days ago and dated around today."""
    now = whole.clock.now()
    start = now.date() + timedelta(days=example["debut"])
    start += timedelta(days=-start.weekday() % 7)
    nom, code, departement = example["lieu"]
    answers = dict(common) | example["reponses"]
    answers |= {
        "nom": "Exemple",
        "email": f"personne{rank + 1}@exemple.fr",
        "telephone": f"+336399820{rank:02}",
        "commune": {"nom": nom, "code_postal": code, "departement": departement},
        "date_naissance": start.replace(year=start.year - example["age"], day=1).isoformat(),
        "date_debut": start.isoformat(),
        "date_fin": (start + timedelta(days=11)).isoformat(),
    }
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{rank}")
    at = now - timedelta(days=2, hours=3 * rank)
    found = whole.house.router.route(Profil(suivi_par=SuiviPar.MISSION_LOCALE, age=example["age"]))
    return Demande(
        id=str(identifier),
        numero=f"{now.year}-DEMO{rank:02}",
        chat=FIRST_CHAT + rank,
        organisme=BODY,
        answers={champ: value for champ, value in answers.items() if value is not None and champ in set(Champ)},
        envoyee_le=at,
        orientation={
            "regle": found.regle,
            "motif": found.motif,
            "motif_conseiller": found.motif_conseiller,
            "alternatives": [],
            "missing": [],
        },
        evenements=(Evenement(at, Role.PERSONNE, "envoyee"),),
    )


def _lived(sent: Demande, example: Mapping[str, Any], told: Mapping[str, Any]) -> Demande:
    """The same request, brought to its status by the road that its history tells."""
    at, one = sent.envoyee_le, sent
    for vers in _ROADS[Statut(example["statut"])]:
        at += timedelta(hours=2)
        one = _step(one, vers, example, told, at)
    if "note" in example:
        one = casework.annotate(one, example["note"], auteur=told["conseiller"], at=at + timedelta(hours=1))
    return one


def _step(one: Demande, vers: Statut, example: Mapping[str, Any], told: Mapping[str, Any], at: datetime) -> Demande:
    if vers is Statut.COMPLETEE:
        changes = [Changement(champ, None, value) for champ, value in example["complement"].items()]
        return casework.amend(one, changes, auteur=Role.PERSONNE, at=at, complete=True)
    signs = vers is Statut.CONVENTIONNEE
    asked = {"a_completer": example["champs"]} if vers is Statut.A_COMPLETER else {}
    return casework.change_status(
        one,
        vers,
        role=Role.VALIDEUR if signs else Role.CONSEILLER,
        auteur=told["valideur" if signs else "conseiller"],
        at=at,
        motif=example.get("motif", ""),
        **asked,
    )


def _talk(whole: Program, talk: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """One conversation: what the person wrote, what was answered, and the danger that was heard."""
    from bot.storage.effects import apply
    from bot.storage.models import HandoffRow
    from bot.storage.notifier import DeskNotifier

    chat, at = FIRST_CHAT + talk["personne"], whole.clock.now() - timedelta(minutes=40)
    words = [RelayToCounsellor(text) for text in talk["messages"]]
    apply([OpenHandoff(BODY), *words], chat=chat, at=at)
    if "danger" in talk:
        apply([RaiseAlarm(talk["danger"], talk["numero"])], chat=chat, at=at)
    if talk["reponse"]:
        HandoffRow.objects.filter(chat=chat).update(pris_par=told["conseiller"], taken_at=at)
        DeskNotifier(whole.conversation, whole.clock).tell(
            chat, CounsellorWrote(talk["reponse"], BODY), auteur=told["conseiller"]
        )
