"""A reader of plain inputs: enough for the dialogue's own tests, independent of the real reading."""

import re
from datetime import date

from bot.conversation.plain import plain
from bot.conversation.slots import Ask, Rejected, Value
from bot.domain.demande import Champ

MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_NAMES = "|".join(MONTHS)
TRADES = ("boulanger", "patissier", "cuisinier", "coiffeur", "menuisier")
TOWNS = {"lyon": "69", "villeurbanne": "69", "bron": "69", "paris": "75"}
BODIES = {
    "mission locale": "mission-locale",
    "france travail": "france-travail",
    "cap emploi": "cap-emploi",
    "personne": "aucun",
    "je ne sais pas": "ne-sait-pas",
}
SITUATIONS = {
    "chomage": "demandeur-emploi",
    "cherche un emploi": "demandeur-emploi",
    "contrat aide": "contrat-aide",
    "salarie": "salarie-prive",
    "etudiant": "etudiant",
    "sans activite": "sans-activite",
}
OBJECTIVES = {"decouvrir": "decouvrir", "confirmer": "confirmer", "embauche": "recrutement"}


def _date(text, today):
    words = plain(text)
    found = re.search(rf"(\d{{1,2}})(?:er)? ({'|'.join(MONTHS)})(?: (\d{{4}}))?", words)
    if found:
        day, month, year = int(found[1]), MONTHS.index(found[2]) + 1, found[3]
    else:
        found = re.search(r"(\d{1,2}) (\d{1,2}) (\d{4})", words)
        if not found:
            return None
        day, month, year = int(found[1]), int(found[2]), found[3]
    try:
        when = date(int(year) if year else today.year, month, day)
    except ValueError:
        return None
    return when if year or when >= today else when.replace(year=when.year + 1)


def _in(words, table):
    return next((value for key, value in table.items() if re.search(rf"\b{key}\b", words)), None)


def _period(text, ctx):
    found = re.search(rf"du (\d{{1,2}})(?: ({_NAMES}))? au (\d{{1,2}}) ({_NAMES})", plain(text))
    if not found:
        return None
    start = _date(f"{found[1]} {found[2] or found[4]}", ctx.today)
    end = _date(f"{found[3]} {found[4]}", ctx.today)
    return {"date_debut": start.isoformat(), "date_fin": end.isoformat()}


class StandInReader:
    """The `Reader` the dialogue asks for."""

    def sensitive(self, text, ctx):
        return "nir" if re.search(r"\b[12](?: ?\d\d){2} ?\d\w ?\d{3} ?\d{3} ?\d\d\b", text) else ""

    def extract(self, text, ctx):
        words = plain(text)
        found = {}
        for champ, table in ((Champ.SUIVI_PAR, BODIES), (Champ.SITUATION, SITUATIONS), (Champ.OBJECTIF, OBJECTIVES)):
            if value := _in(words, table):
                found[champ] = Value(value)
        if trade := next((one for one in TRADES if one in words), None):
            found[Champ.METIER] = Value(trade)
        if town := next((one for one in TOWNS if re.search(rf"\b{one}\b", words)), None):
            found[Champ.LIEU] = Value(self._place(town))
        if period := _period(text, ctx):
            found |= {Champ(name): Value(value) for name, value in period.items()}
        return found

    def _place(self, town):
        return {"nom": town.capitalize(), "code_postal": None, "departement": TOWNS[town]}

    def read(self, field, text, ctx):  # noqa: C901
        words = plain(text)
        match field:
            case "oui_non":
                if words in {"oui", "ok", "ouais", "d accord"} or words.startswith("oui "):
                    return Value(True)
                return Value(False) if re.match(r"non|nan", words) else Rejected("illisible")
            case "suivi_par" | "situation" | "objectif" | "handicap":
                table = {
                    "suivi_par": BODIES,
                    "situation": SITUATIONS,
                    "objectif": OBJECTIVES,
                    "handicap": {"oui": "oui", "non": "non"},
                }[field]
                if words.isdecimal() and 0 < int(words) <= len(ctx.choices):
                    return Value(ctx.choices[int(words) - 1])
                value = words if text.strip() in ctx.choices else _in(words, table)
                return Value(text.strip() if text.strip() in ctx.choices else value) if value else Rejected("choix")
            case "periode":
                value = _period(text, ctx)
                return Value(value) if value else Rejected("periode")
            case "date_debut" | "date_fin" | "date_naissance" | "contrat_debut" | "contrat_fin":
                value = _date(text, ctx.today)
                if value and field.startswith("date_") and field != "date_naissance" and value < ctx.today:
                    return Rejected("date_passee")
                return Value(value.isoformat()) if value else Rejected("date")
            case "commune" | "lieu":
                town = next((one for one in TOWNS if one in words), None)
                return Value(self._place(town)) if town else Rejected("commune")
            case "horaires":
                if "lundi" not in words:
                    return Rejected("horaires")
                return Value({"heures_semaine": 30, "jours": ["lundi", "vendredi"], "plages": [["09:00", "12:00"]]})
            case "siret":
                digits = re.sub(r"\D", "", text)
                return Value(digits) if len(digits) == 14 else Rejected("siret")
            case "email":
                found = re.search(r"\S+@\S+\.\w+", text)
                return Value(found[0].lower()) if found else Rejected("email")
            case "telephone":
                digits = re.sub(r"\D", "", text)
                return Value("+33" + digits[-9:]) if len(digits) in {10, 11} else Rejected("telephone")
            case "metier":
                return Value(words) if words and not words.isdecimal() else Rejected("metier")
            case _:
                return Value(text.strip()) if text.strip() else Rejected("texte_vide")


__all__ = ["Ask", "StandInReader"]
