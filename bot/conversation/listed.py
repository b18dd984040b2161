"""Words that name an entry of an imported list: an office, an official trade. Without an import, nothing is found."""

from bot.conversation.scene import Scene
from bot.domain.bureaux import Choix, reconnaitre, reseau_nomme, sans_reseau
from bot.domain.demande import Champ
from bot.domain.organisme import Bureau
from bot.domain.session import Json

NEAREST = 3
"""Official trades offered at once."""

SURE = 0.7
"""How sure a trade must be to be offered to somebody whose words name none."""

LONGEST_LABEL = 60


def office_name(scene: Scene, bureau: Bureau) -> str:
    """What people call an office: its own name, the network's first where the name does not say it (« THIERS »)."""
    body = scene.house.organismes.get(bureau.reseau)
    if body is None or reseau_nomme(bureau.nom):
        return bureau.nom
    own = bureau.nom.title() if bureau.nom.isupper() else bureau.nom
    return f"{body.nom}, {own}"


def office_values(scene: Scene, bureau: Bureau) -> dict[Champ, Json]:
    """An office as the draft keeps it: its name and its identifier."""
    return {Champ.BUREAU: office_name(scene, bureau), Champ.BUREAU_ID: bureau.id}


def office_label(scene: Scene, bureau: Bureau) -> str:
    """An office on a button: its name, with its town where the name does not say it."""
    town, name = bureau.commune, office_name(scene, bureau)
    whole = name if not town or town.lower() in name.lower() else f"{name} ({town})"
    return whole if len(whole) <= LONGEST_LABEL else f"{whole[: LONGEST_LABEL - 1].rstrip()}…"


def office_card(scene: Scene, office: Bureau) -> str:
    """Name, address, phone, e-mail, hours and page of an office, a line each."""
    street = " ".join(part for part in (office.code_postal, office.commune) if part)
    where = ", ".join(part for part in (office.adresse, street) if part)
    shown = (office_name(scene, office), where, office.telephone, office.email, office.horaires, office.url)
    return "\n".join(part for part in shown if part)


def offices_named(scene: Scene, text: str, network: str) -> Choix:
    """The offices of this network that the text names, those of the person's département first."""
    if scene.house.offices is None or not network:
        return Choix()
    return reconnaitre(scene.house.offices.of(network), text, scene.draft.departement(Champ.COMMUNE))


def names_office(scene: Scene, text: str) -> bool:
    """Whether the answer to « which office? » names one, known or not: « celle de Roanne », « la ML de Nulle-Part »."""
    body = scene.draft.orientation.organisme if scene.draft.orientation else ""
    if "?" in text:
        return False
    found = offices_named(scene, text, body)
    unknown = reseau_nomme(text) == body and bool(sans_reseau(text))
    return found.bureau is not None or bool(found.candidats) or unknown


def office_said(scene: Scene, text: str, network: str) -> dict[Champ, Json]:
    """The office that the answer to another question names without doubt: « la ML de Givors »."""
    found = offices_named(scene, text, network).bureau
    return office_values(scene, found) if found is not None else {}


def trades_near(scene: Scene, trade: str, sure: float = 0.0) -> tuple[tuple[str, Json], ...]:
    """The official trades nearest to words that name none exactly, each with what to keep; empty where one does.

    Empty too where the first is not as sure as `sure`.
    """
    trades = scene.house.trades
    if trades is None or trades.named(trade) is not None:
        return ()
    found = trades.search(trade, NEAREST)
    if not found or found[0].note < sure:
        return ()
    return tuple(
        (
            one.appellation.libelle,
            {
                Champ.METIER.value: trade,
                Champ.APPELLATION.value: one.appellation.libelle,
                Champ.APPELLATION_CODE.value: one.appellation.code,
            },
        )
        for one in found
    )
