"""What the law and the form know of a day: order, length, age, weekends and public holidays."""

from datetime import date, timedelta

from bot.domain.calendrier import jours_ouvres, years_between
from bot.domain.regles import dernier_jour
from bot.reading.french import day_in_words
from bot.reading.outcome import ReadContext, Reading, Rejected, Value


def known_day(name: str, ctx: ReadContext) -> date | None:
    """A date the form already knows."""
    value = ctx.answers.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def checked(field: str, day: date, ctx: ReadContext) -> Reading:
    """The day, if the law and what the form knows allow it."""
    start = day if field == "date_debut" else known_day("date_debut", ctx)
    end = day if field == "date_fin" else known_day("date_fin", ctx)
    if day < ctx.today:
        return Rejected("dates.deja_passee", {"date": day_in_words(day)})
    wrong = order(field, start, end, ctx) or (too_young(day, ctx) if field == "date_debut" else None)
    return wrong or Value(day.isoformat(), *remarks((day,), ctx, starts=field == "date_debut"))


def order(field: str, start: date | None, end: date | None, ctx: ReadContext) -> Rejected | None:
    """The end not before the start, and within a month (Code du travail, D5135-3)."""
    if start is None or end is None:
        return None
    known = {"debut": day_in_words(start), "fin": day_in_words(end)}
    if end < start:
        return Rejected("fin.avant_debut" if field == "date_fin" else "fin.debut_apres", known)
    last = dernier_jour(start, ctx.regles)
    return Rejected("fin.trop_longue", {**known, "dernier": day_in_words(last)}) if end > last else None


def too_young(start: date, ctx: ReadContext) -> Rejected | None:
    """Under the minimum age on the first day."""
    born = known_day("date_naissance", ctx)
    minimum = ctx.regles.valeur("age_minimum", ctx.today)
    if born is None or years_between(born, start) >= minimum:
        return None
    return Rejected("naissance.trop_jeune", {"age": str(minimum), "date": day_in_words(start)})


def remarks(days: tuple[date, ...], ctx: ReadContext, *, starts: bool) -> tuple[tuple[str, ...], dict[str, str]]:
    """What is said with a value: a weekend, a public holiday, a start too near for signatures."""
    codes: list[str] = []
    params: dict[str, str] = {}
    weekend = [day_in_words(day) for day in days if day.weekday() >= 5]
    if weekend:
        codes.append("remarque.weekend")
        params["weekend"] = ", ".join(weekend)
    span = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    holidays = [f"{day_in_words(day)} ({name})" for day in span if (name := ctx.formats.holidays(day.year).get(day))]
    if holidays:
        codes.append("remarque.ferie")
        params["feries"] = ", ".join(holidays)
    short = ctx.regles.valeur("delai_conseille_jours_ouvres", ctx.today)
    if starts and jours_ouvres(ctx.today, days[0], ctx.formats.holidays) <= short:
        codes.append("remarque.urgent")
    return tuple(codes), params
