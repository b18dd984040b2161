"""Why this body: the rule that decided, what it looked at, and what would have come next."""

from dataclasses import dataclass
from typing import Any

from bot.dashboard import shown
from bot.dashboard.desk import Desk
from bot.dashboard.form import LABELS
from bot.domain.demande import Champ, Demande

INPUTS = (Champ.SUIVI_PAR, Champ.SITUATION, Champ.DATE_NAISSANCE, Champ.HANDICAP, Champ.RSA,
          Champ.INSCRIT_FRANCE_TRAVAIL, Champ.CADRE, Champ.INAPTITUDE, Champ.VEUT_TESTER_ESAT)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Door:
    """Another body that could take the demande, and why."""

    slug: str
    nom: str
    motif: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a counsellor needs to contest the choice."""

    regle: str
    motif: str
    motif_conseiller: str
    entrees: tuple[tuple[str, str], ...]
    inconnues: tuple[str, ...]
    portes: tuple[Door, ...]
    organismes: tuple[tuple[str, str], ...]
    """Every body it may be sent to, by name."""


def explain(demande: Demande, desk: Desk) -> Explanation:
    """The explanation kept when the demande was sent; nothing is recomputed with today's table."""
    kept = demande.orientation
    return Explanation(
        regle=str(kept.get("regle") or ""),
        motif=str(kept.get("motif") or ""),
        motif_conseiller=str(kept.get("motif_conseiller") or ""),
        entrees=tuple(_inputs(demande)),
        inconnues=tuple(_unknown(kept.get("missing"))),
        portes=tuple(_doors(demande, desk)),
        organismes=tuple(
            sorted(
                (
                    (slug, body.nom)
                    for slug, body in desk.organismes.items()
                    if slug != demande.organisme and not body.ferme_le
                ),
                key=lambda pair: pair[1],
            )
        ),
    )


def _inputs(demande: Demande) -> Any:
    for champ in INPUTS:
        if (value := demande.answers.get(champ)) is not None:
            yield LABELS[champ], shown.shown(champ, value)


def _unknown(missing: Any) -> Any:
    for name in missing if isinstance(missing, list) else ():
        yield LABELS.get(Champ(name), str(name)) if name in set(Champ) else str(name).replace("_", " ")


def _doors(demande: Demande, desk: Desk) -> Any:
    doors = demande.orientation.get("alternatives")
    for door in doors if isinstance(doors, list) else ():
        if isinstance(door, dict) and door.get("organisme") != demande.organisme:
            slug = str(door.get("organisme"))
            yield Door(slug, desk.body_name(slug), str(door.get("motif") or ""))
