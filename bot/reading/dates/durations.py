"""A duration from a known day: proposed, never taken, refused beyond the law."""

from datetime import date, timedelta

from bot.domain import regex as re
from bot.domain.calendrier import ajoute_mois, avance
from bot.domain.regles import dernier_jour
from bot.domain.session import Json
from bot.reading.french import day_in_words
from bot.reading.outcome import Ask, ReadContext, Rejected

_SPAN = re.compile(
    r"(?<![\d/])(?P<n>\d{1,3}) ?(?P<unit>jours? (?:ouvre|ouvrable|de travail|travaille)|jours?|journees?|j\b|semaines?|sem\b|mois)"
)
FEW = re.compile(r"\b(?:quelques|plusieurs|1|une) ?(?:jours?|semaines?|journees?)\b")


def period_value(start: date, end: date) -> dict[str, Json]:
    """A period as the form keeps it."""
    return {"date_debut": start.isoformat(), "date_fin": end.isoformat()}


def labelled(start: date, end: date) -> tuple[str, Json]:
    """A period to tap: its label in letters, and its value."""
    return f"{day_in_words(start)} → {day_in_words(end)}", period_value(start, end)


def propose(code: str, start: date, end: date) -> Ask:
    """A period to confirm."""
    return Ask(code, {"debut": day_in_words(start), "fin": day_in_words(end)}, (labelled(start, end),))


def span_said(around: str) -> tuple[int, str] | None:
    """(count, unit) of a duration: « 2 semaines »."""
    found = _SPAN.search(around)
    if found is None or re.search(r"\bet demie?\b", around):
        return None
    return int(found["n"]), "ouvres" if " " in found["unit"] else found["unit"][0]


def ends_after(start: date, count: int, unit: str, ctx: ReadContext) -> date:
    """The last day of a duration; whole weeks end before the weekend."""
    if unit == "ouvres":
        return avance(start - timedelta(days=1), count, ctx.formats.holidays)
    if unit == "m":
        return ajoute_mois(start, count) - timedelta(days=1)
    end = start + timedelta(days=count * (7 if unit == "s" else 1) - 1)
    return end - timedelta(days=end.weekday() - 4) if unit == "s" and end.weekday() > 4 else end


def lasting(start: date, count: int, unit: str, ctx: ReadContext) -> Ask | Rejected:
    """A duration from a known start: refused beyond the law, else to be confirmed."""
    if not 0 < count < 400:
        return Rejected("periode.illisible")
    end, last = ends_after(start, count, unit, ctx), dernier_jour(start, ctx.regles)
    if end > last and not (unit == "m" and count == 1):
        return Rejected(
            "fin.trop_longue", {"debut": day_in_words(start), "fin": day_in_words(end), "dernier": day_in_words(last)}
        )
    if unit == "j" and count == 15:
        return Ask("periode.quinzaine", proposals=tuple(
            labelled(start, start + timedelta(days=days)) for days in (ends_after(start, 2, "s", ctx).toordinal() - start.toordinal(), 14)
        ))  # fmt: skip
    return propose("periode.confirmer", start, min(end, last))
