"""The documents of one demande, as the convention package makes them."""

from collections.abc import Sequence
from typing import Any

from bot.convention.agenda import demande_ics
from bot.convention.draft import convention_draft
from bot.convention.link import Appellation, official, prefilled_link
from bot.convention.pdf import demande_pdf
from bot.dashboard.desk import Desk
from bot.domain.controles import Controle
from bot.domain.demande import Demande
from bot.domain.demarches import demarches
from bot.domain.organisme import Contact, Organisme


def link(demande: Demande, desk: Desk) -> str:
    """Immersion Facilitée's form, prefilled without personal data."""
    return prefilled_link(
        demande.answers, agency_kind=_body(demande, desk).agency_kind, appellation=_trade(demande, desk)
    )


def pdf(demande: Demande, controls: Sequence[Controle], desk: Desk) -> bytes:
    """One page to print or attach."""
    return demande_pdf(demande, _body(demande, desk), tuple(controls), desk.words)


def draft(demande: Demande, desk: Desk) -> dict[str, Any]:
    """The draft as Immersion Facilitée shapes it."""
    return convention_draft(demande, _body(demande, desk).agency_kind, appellation=_trade(demande, desk))


def calendar(demande: Demande, desk: Desk) -> bytes:
    """The dates and next steps, as a calendar reads them."""
    steps = demarches(
        demande.answers,
        demande.organisme,
        demande.dispositif,
        today=desk.today,
        regles=desk.regles,
        holidays=desk.formats.holidays,
    )
    return demande_ics(demande, steps, desk.words)


def _trade(demande: Demande, desk: Desk) -> Appellation | None:
    return official(demande.answers, desk.trades) if desk.trades else None


def _body(demande: Demande, desk: Desk) -> Organisme:
    """The body, or its bare name where the file no longer lists it."""
    known = desk.organismes.get(demande.organisme)
    return known or Organisme(demande.organisme, demande.organisme, Contact(), peut_conventionner=False)
