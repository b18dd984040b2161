"""The demande as a form: one widget a field, what is typed read back into canonical values, errors beside the field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.dashboard.desk import Desk
from bot.dashboard.form import FORM, THEIRS
from bot.dashboard.shown import BOOLEANS, CHOICES, DATES, EMAILS, PHONES, PLACES, SIRETS, phone, shown
from bot.domain.champs import FIELDS, LONGEST, Champ
from bot.domain.demande import Changement, Demande
from bot.domain.places import departement_of
from bot.domain.reponses import Slot, hours_told
from bot.domain.session import Json
from bot.errors import InputError

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LONG = frozenset(row.champ for row in FIELDS if row.longest > LONGEST)
LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Widget:
    """One field of the form: `sorte` picks the template, `valeur` is what is shown in it."""

    champ: str
    libelle: str
    sorte: str
    valeur: Any
    choix: tuple[tuple[str, str], ...]
    erreur: str
    demande: bool
    jours: tuple[str, ...] = DAYS

    @property
    def jour(self) -> bool:
        """Whether a calendar can show it: what was typed otherwise stays as it was typed."""
        return self.sorte == "date" and (not self.valeur or _is_day(str(self.valeur)))


@dataclass(frozen=True, slots=True)
class Editing:
    """The form in one state: as stored, or as typed with its errors."""

    demande: Demande
    desk: Desk
    saisi: Mapping[str, Any] | None = None
    erreurs: Mapping[str, str] = field(default_factory=dict)
    changements: tuple[Changement, ...] = ()
    vue: Mapping[str, Json] | None = None
    """The answers as the page showed them, where somebody has changed the demande since."""
    entretemps: str = ""
    """Who did what since; nothing is saved before it has been read."""

    @property
    def blocs(self) -> tuple[tuple[str, tuple[Widget, ...]], ...]:
        """The sections of the official form with their widgets, without what is the person's alone."""
        shown = ((section.titre, [one for one in section.champs if one[0] not in THEIRS]) for section in FORM)
        return tuple((titre, tuple(self._widget(*one) for one in fields)) for titre, fields in shown if fields)

    @property
    def bureau(self) -> str:
        """The office that the person chose, which only they change."""
        return str(self.demande.answers.get(Champ.BUREAU) or "")

    def _widget(self, champ: Champ, label: str) -> Widget:
        kind = kind_of(champ)
        value = as_typed(champ, self.demande.answers.get(champ))
        if self.saisi is not None:
            value = _mine(self.saisi, champ, self.vue, value)
        choices = (("oui", "Oui"), ("non", "Non")) if kind == "oui_non" else tuple(CHOICES.get(champ, {}).items())
        asked = champ.value in self.demande.a_completer
        return Widget(champ.value, label, kind, value, choices, self.erreurs.get(champ.value, ""), asked)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def kind_of(champ: Champ) -> str:
    """Which widget a field has."""
    for kind, members in (
        ("date", DATES), ("telephone", PHONES), ("email", EMAILS), ("siret", SIRETS), ("lieu", PLACES),
        ("oui_non", BOOLEANS), ("choix", frozenset(CHOICES)), ("horaires", {Champ.HORAIRES}), ("long", LONG),
    ):  # fmt: skip
        if champ in members:
            return kind
    return "texte"


def as_typed(champ: Champ, value: Json) -> Any:
    """A stored value as the widget shows it."""
    match kind_of(champ), value:
        case "lieu", dict() as place:
            return {"nom": place.get("nom") or "", "code": place.get("code_postal") or ""}
        case "lieu", _:
            return {"nom": "", "code": ""}
        case "horaires", dict() as known:
            return _hours_typed(known)
        case "horaires", _:
            return {"heures": "", "jours": [], "plages": "", "par_jour": ""}
        case "telephone", str() as number:
            return phone(number)
        case "oui_non", bool():
            return "oui" if value else "non"
    return "" if value is None else str(value)


def _hours_typed(known: Mapping[str, Json]) -> dict[str, Any]:
    told = hours_told(dict(known))
    return {
        "heures": f"{told.week:g}".replace(".", ",") if told.week is not None else "",
        "jours": list(told.days),
        "plages": _pairs(told.slots),
        "par_jour": " ; ".join(f"{day} : {_pairs(slots)}" for day, slots in told.by_day),
    }


def _pairs(slots: tuple[Slot, ...]) -> str:
    return ", ".join("-".join(slot) for slot in slots)


def typed(data: Any, champ: Champ) -> Any:
    """What the form sent for a field, in the widget's shape."""
    name = champ.value

    def text(key: str) -> str:
        return str(data.get(key, "")).replace("\r\n", "\n").replace("\x00", "").strip()

    match kind_of(champ):
        case "lieu":
            return {"nom": text(f"{name}_nom"), "code": text(f"{name}_code")}
        case "horaires":
            days = [day for day in DAYS if day in data.getlist(f"{name}_jours")]
            return {
                "heures": text(f"{name}_heures"), "jours": days, "plages": text(f"{name}_plages"),
                "par_jour": text(f"{name}_par_jour"),
            }  # fmt: skip
    return text(name)


def _mine(data: Any, champ: Champ, seen: Mapping[str, Json] | None, now: Any) -> Any:
    """What was typed; where nothing was, what somebody else wrote meanwhile."""
    new = typed(data, champ)
    return now if seen is not None and new == as_typed(champ, seen.get(champ)) else new


def as_seen(demande: Demande, seen: str) -> Mapping[str, Json] | None:
    """The answers after so many events, later changes taken back; None where there are none."""
    count = int(seen) if seen.isdecimal() and len(seen) < 6 else len(demande.evenements)
    later = demande.evenements[count:]
    if not later:
        return None
    known = dict(demande.answers)
    for event in reversed(later):
        known |= {change.champ: change.avant for change in event.changements}
    return known


def read_edits(demande: Demande, data: Any, desk: Desk, seen: str = "", meanwhile: str = "") -> Editing:
    """The changes typed; a field that did not move is not read again, whatever it holds.

    `seen` is the number of events on the page that was filled in: a field that somebody else has changed since, and that
    was changed here too, is an error that names both values; one that was left alone keeps what somebody else wrote.
    """
    before = as_seen(demande, seen)
    changes, errors = [], {}
    for champ in (champ for section in FORM for champ, _ in section.champs if champ not in THEIRS):
        stored = demande.answers.get(champ)
        new = _mine(data, champ, before, as_typed(champ, stored))
        if new == as_typed(champ, stored):
            continue
        try:
            value = value_of(champ, new, desk)
        except InputError as error:
            errors[champ.value] = str(error)
            continue
        if before is not None and before.get(champ) != stored:
            errors[champ.value] = (
                f"Quelqu'un vient d'écrire : {shown(champ, stored) or 'rien'}. Gardez la bonne valeur."
            )
        changes.append(Changement(champ.value, stored, value))
    if not errors:
        errors = _dates_in_order(demande, changes)
    return Editing(demande, desk, data, errors, tuple(changes), before, meanwhile)


def _dates_in_order(demande: Demande, changes: list[Changement]) -> dict[str, str]:
    after = {**demande.answers, **{one.champ: one.apres for one in changes}}
    first, last = after.get(Champ.DATE_DEBUT), after.get(Champ.DATE_FIN)
    if isinstance(first, str) and isinstance(last, str) and last < first:
        return {Champ.DATE_FIN.value: "La date de fin est avant la date de début."}
    return {}


def value_of(champ: Champ, new: Any, desk: Desk) -> Json:
    """The canonical value of what was typed, None where nothing was; raises InputError in French."""
    match kind_of(champ):
        case "lieu":
            return _place(new)
        case "horaires":
            return _hours(new)
        case "oui_non" | "choix" as kind:
            return _choice(champ, str(new), yes_no=kind == "oui_non")
        case kind:
            return _plain(kind, str(new), desk) if new else None


def _plain(kind: str, new: str, desk: Desk) -> str:
    match kind:
        case "date":
            return _date(new)
        case "telephone":
            return _or(desk.formats.phone(new), "Ce numéro n'est pas valide. Exemple : 06 12 34 56 78")
        case "email":
            return _or(desk.formats.email(new), "Cette adresse n'est pas valide. Exemple : prenom.nom@exemple.fr")
        case "siret":
            digits = "".join(new.split())
            valid = digits.isdecimal() and len(digits) == 14 and desk.formats.siret(digits)
            return _or(digits if valid else None, "Un SIRET a 14 chiffres, et celui-ci n'est pas valide. Vérifiez-le.")
    if len(new) > LENGTH:
        raise InputError(f"Ce texte est trop long : {len(new)} caractères pour {LENGTH} au plus.")
    return new


def _or(value: str | None, wrong: str) -> str:
    if value is None:
        raise InputError(wrong)
    return value


def _date(new: str) -> str:
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(new, shape).date().isoformat()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise InputError(f"Cette date n'existe pas. Exemple : {date(2026, 12, 7):%d/%m/%Y}")


def _choice(champ: Champ, new: str, *, yes_no: bool) -> Json:
    if not new:
        return None
    allowed = {"oui": True, "non": False} if yes_no else {value: value for value in CHOICES[champ]}
    if new not in allowed:
        raise InputError("Choisissez une valeur de la liste.")
    return allowed[new]


def _place(new: Mapping[str, str]) -> Json:
    name, code = new["nom"][:120], new["code"]
    if not name and not code:
        return None
    if code and departement_of(code) is None:
        raise InputError("Un code postal a cinq chiffres. Exemple : 69100")
    if not name:
        raise InputError("Écrivez aussi le nom de la commune.")
    return {"nom": name, "code_postal": code or None, "departement": departement_of(code) if code else None}


def _hours(new: Mapping[str, Any]) -> Json:
    if not any(new.values()):
        return None
    try:
        hours = float(new["heures"].replace(",", "."))
    except ValueError:
        raise InputError("Écrivez le nombre d'heures par semaine. Exemple : 35") from None
    if not 0 < hours <= 168:
        raise InputError("Le nombre d'heures par semaine doit être entre 1 et 168.")
    days: list[Json] = list(new["jours"])
    usual, others = _slots(new["plages"]), _by_day(new["par_jour"], new["jours"])
    week: dict[str, Json] = {
        "heures_semaine": int(hours) if hours.is_integer() else hours, "jours": days, "plages": usual,
    }  # fmt: skip
    return week | ({"par_jour": others} if others else {})


def _by_day(text: str, days: list[str]) -> dict[str, Json]:
    """« vendredi : 08:00-12:00 ; samedi : 09:00-12:00 »."""
    told: dict[str, Json] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, _, slots = part.partition(":")
        day = name.strip().lower()
        if day not in days or not slots.strip():
            raise InputError("Écrivez les jours différents ainsi : vendredi : 08:00-12:00. Cochez aussi ces jours.")
        told[day] = _slots(slots)
    return told


def _slots(text: str) -> list[Json]:
    slots: list[Json] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        ends = [end.strip().replace("h", ":") for end in part.split("-")]
        if len(ends) != 2 or not all(map(_clock, ends)) or _clock(ends[0]) >= _clock(ends[1]):
            raise InputError("Écrivez les plages ainsi : 09:00-12:00, 13:00-17:00")
        slots.append([_clock(ends[0]), _clock(ends[1])])
    return slots


def _clock(text: str) -> str:
    hours, _, minutes = text.partition(":")
    minutes = minutes or "00"
    if not (hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        return ""
    return f"{int(hours):02d}:{int(minutes):02d}"
