"""What the page of a demande holds: sections in the order of Cerfa 13912*05, each line filled or to be completed."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.saying.law import field_label
from bot.domain.calendrier import jours
from bot.domain.champs import BY_CHAMP, Champ, Kind, of_kind
from bot.domain.demande import Demande
from bot.domain.organisme import Organisme
from bot.domain.orientation import EMPLOYED
from bot.domain.reponses import Hours, Slot
from bot.domain.session import Json
from bot.form import recap
from bot.form.wording import Wording
from bot.reading.plain import visible

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LONG = frozenset({Champ.ACTIVITES, Champ.AMENAGEMENTS, Champ.ADRESSE, Champ.HORAIRES})
LONGEST = {Champ.ACTIVITES: 2000, Champ.AMENAGEMENTS: 600}
LONGEST_LINE, LONGEST_WORD, PIECE, WIDE = 255, 40, 10, 40

_ALWAYS = {
    "personne": (Champ.NOM, Champ.PRENOM, Champ.DATE_NAISSANCE),
    "joindre": (Champ.EMAIL, Champ.TELEPHONE),
    "accueil": (Champ.ENTREPRISE, Champ.SIRET, Champ.ADRESSE, Champ.TUTEUR, Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE),
    "representant": (Champ.REPRESENTANT, Champ.REPRESENTANT_EMAIL, Champ.REPRESENTANT_TELEPHONE),
    "employeur": (Champ.EMPLOYEUR, Champ.EMPLOYEUR_SIRET, Champ.EMPLOYEUR_EMAIL),
}
_IF_TOLD = (
    Champ.COMMUNE, Champ.SITUATION, Champ.INSCRIT_FRANCE_TRAVAIL, Champ.RSA, Champ.CADRE, Champ.HANDICAP,
    Champ.INAPTITUDE, Champ.VEUT_TESTER_ESAT,
)  # fmt: skip
_CONTRAT = (Champ.SUR_TEMPS_TRAVAIL, Champ.CONTRAT_DEBUT, Champ.CONTRAT_FIN)


_ELSEWHERE = (
    *(
        Champ.SUIVI_PAR,
        Champ.CONSEILLER,
        Champ.URGENCE_NOM,
        Champ.URGENCE_TELEPHONE,
        Champ.AMENAGEMENTS,
        Champ.CONSENTEMENT,
    ),
    *(Champ.BUREAU, Champ.APPELLATION, *sorted(of_kind(Kind.CODE))),
    *(Champ.HOTE_CONNU, Champ.DATE_DEBUT, Champ.DATE_FIN, Champ.HORAIRES, Champ.LIEU),
    *(Champ.OBJECTIF, Champ.METIER, Champ.ACTIVITES, Champ.EQUIPEMENTS, Champ.SURVEILLANCE_MEDICALE),
    *(Champ.SIGNATAIRE, Champ.SIGNATAIRE_EMAIL, Champ.SIGNATAIRE_TELEPHONE),
    *(Champ.DEJA_ACCUEILLI, Champ.ACCUEIL_DEBUT, Champ.ACCUEIL_FIN),
)


def _autres() -> tuple[Champ, ...]:
    """The fields that no section places: a new one is on the page as soon as it is told."""
    placed = {*_ELSEWHERE, *_IF_TOLD, *_CONTRAT, *(champ for group in _ALWAYS.values() for champ in group)}
    return tuple(champ for champ in Champ if champ not in placed)


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value; an empty value is to be completed. `large` takes the whole width."""

    label: str
    valeur: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    titre: str
    lignes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sections of a demande, for one body."""

    demande: Demande
    organisme: Organisme | None
    words: Wording
    mineur: bool

    def sections(self) -> tuple[Section, ...]:
        """All of them, in order; the employer's only where there is one."""
        found = (
            ("organisme", self._organisme()),
            ("personne", self._personne()),
            ("employeur", self._employeur()),
            ("accueil", self._accueil()),
            ("periode", self._periode()),
            ("objectif", self._objectif()),
            ("complements", self._told(*_autres())),
            ("signatures", self._signatures()),
        )
        listed = ((name, tuple(lines)) for name, lines in found)
        return tuple(Section(self._say(f"sections.{name}"), lines) for name, lines in listed if lines)

    def _organisme(self) -> Iterator[Line]:
        known = self.demande.orientation
        yield Line(self._say("champs.organisme"), printable(self.organisme.nom if self.organisme else ""))
        yield from self._told(Champ.SUIVI_PAR, Champ.CONSEILLER)
        office = _office(known.get("bureau")) or self._text(Champ.BUREAU)
        if office:
            yield Line(self._say("champs.bureau"), cut(self.words, office, LONGEST_LINE), large=True)
        reason = known.get("motif")
        if isinstance(reason, str) and reason:
            yield Line(self._say("champs.regle"), cut(self.words, reason, LONGEST_LINE), large=True)

    def _personne(self) -> Iterator[Line]:
        yield from self._all("personne")
        age = self._age()
        if age is not None:
            yield Line(self._say("champs.majeur"), self._say("champs.ans", age=str(age)))
        yield from self._all("joindre")
        yield from self._told(*_IF_TOLD)
        yield from self._all("representant") if self.mineur else self._told(*_ALWAYS["representant"])
        yield from self._told(Champ.URGENCE_NOM, Champ.URGENCE_TELEPHONE, Champ.AMENAGEMENTS, Champ.CONSENTEMENT)

    def _employeur(self) -> Iterator[Line]:
        on_time = self.demande.answers.get(Champ.SUR_TEMPS_TRAVAIL) is True
        if self._text(Champ.SITUATION) in EMPLOYED:
            yield self._line(Champ.SUR_TEMPS_TRAVAIL)
        else:
            yield from self._told(Champ.SUR_TEMPS_TRAVAIL)
        yield from self._all("employeur") if on_time else self._told(*_ALWAYS["employeur"])
        yield from self._told(*_CONTRAT[1:])

    def _accueil(self) -> Iterator[Line]:
        yield from self._all("accueil")
        yield from self._told(Champ.SIGNATAIRE, Champ.SIGNATAIRE_EMAIL, Champ.SIGNATAIRE_TELEPHONE)
        yield from self._told(Champ.DEJA_ACCUEILLI, Champ.ACCUEIL_DEBUT, Champ.ACCUEIL_FIN)
        yield from self._told(Champ.HOTE_CONNU)

    def _periode(self) -> Iterator[Line]:
        yield from (self._line(champ) for champ in (Champ.DATE_DEBUT, Champ.DATE_FIN, Champ.HORAIRES))
        yield Line(self._say("champs.heures"), self._hours(), large=True)
        yield from self._told(Champ.LIEU)
        if not self._text(Champ.ADRESSE) and Champ.LIEU not in self.demande.answers:
            yield Line(self._say("champs.lieu"), "")
        yield Line(self._say("champs.modalite"), "")

    def _objectif(self) -> Iterator[Line]:
        yield self._line(Champ.OBJECTIF)
        yield Line(self._say("champs.evaluation"), self._say("champs.bilan"))
        yield self._line(Champ.METIER)
        yield from self._told(Champ.APPELLATION)
        yield self._line(Champ.ACTIVITES)
        for name, champ in (("protection", Champ.EQUIPEMENTS), ("prevention", Champ.SURVEILLANCE_MEDICALE)):
            known = self._text(champ) in {"oui", "non"}
            yield Line(self._say(f"champs.{name}"), self._line(champ).valeur if known else "")
        yield from self._told(Champ.EQUIPEMENTS_PRECISION)

    def _signatures(self) -> Iterator[Line]:
        person = f"{self._text(Champ.PRENOM)} {self._text(Champ.NOM)}".strip()
        yield self._signer("personne", person)
        if self.mineur:
            yield self._signer("representant", self._text(Champ.REPRESENTANT))
        yield self._signer("hote", ", ".join(filter(None, map(self._text, (Champ.ENTREPRISE, Champ.SIGNATAIRE)))))
        if self.demande.answers.get(Champ.SUR_TEMPS_TRAVAIL) is True:
            yield self._signer("employeur", self._text(Champ.EMPLOYEUR))
        yield self._signer("organisme", self.organisme.nom if self.organisme else "")

    def _signer(self, who: str, name: str) -> Line:
        return Line(self._say(f"signataires.{who}"), cut(self.words, name, LONGEST_LINE))

    def _all(self, group: str) -> Iterator[Line]:
        return (self._line(champ) for champ in _ALWAYS[group])

    def _told(self, *champs: Champ) -> Iterator[Line]:
        return (line for champ in champs if (line := self._line(champ)).valeur)

    def _line(self, champ: Champ) -> Line:
        value = self.demande.answers.get(champ)
        text = value_text(self.words, champ, value)
        return Line(field_label(self.words, champ), text, large=champ in LONG or len(text) > WIDE)

    def _text(self, champ: Champ) -> str:
        return self.demande.reponses.text(champ)

    def _age(self) -> int | None:
        day = self.demande.iso_date(Champ.DATE_DEBUT)
        return None if day is None else self.demande.reponses.age_on(day)

    def _hours(self) -> str:
        """The hours of presence, if the days and hours told are followed; empty where they are not known."""
        debut, fin = self.demande.iso_date(Champ.DATE_DEBUT), self.demande.iso_date(Champ.DATE_FIN)
        told = self.demande.reponses.hours()
        if debut is None or fin is None:
            return ""
        worked = [JOURS[day.weekday()] for day in jours(debut, fin) if JOURS[day.weekday()] in told.days]
        lengths = [_hours_on(told, name) for name in worked]
        if not told.days or not (told.slots or told.week):
            return ""
        hours = f"{sum(lengths):.1f}".rstrip("0").rstrip(".").replace(".", ",")
        return self._say("champs.nombre_heures", heures=hours, jours=str(len(worked)))

    def _say(self, key: str, **params: str) -> str:
        return self.words.say(f"document.{key}", **params)


def _office(told: Json) -> str:
    """The local office of a demande: its name, its address, its phone."""
    if not isinstance(told, dict):
        return ""
    parts = (told.get(key) for key in ("nom", "adresse", "telephone"))
    return ", ".join(part for part in parts if isinstance(part, str) and part)


def value_text(words: Wording, champ: Champ, value: Json) -> str:
    """A value in full as people read it, cut only beyond what a page can hold; empty where there is none."""
    if value is None or value in ("", {}):
        return ""
    if not isinstance(value, str) or BY_CHAMP[champ].kind in {Kind.DATE, Kind.IF_KNOWN}:
        return printable(recap.shown(words, champ, value))
    text = _grouped(champ, value) or words.label(champ.value, value)
    return cut(words, text, LONGEST.get(champ, LONGEST_LINE))


def printable(text: str) -> str:
    """One line that any font can take: no control, bidirectional or lone surrogate character; long words may break."""
    return " ".join(map(_breakable, _clean(text).split()))


def cut(words: Wording, text: str, longest: int) -> str:
    """The printable text, or its beginning with a note that the rest is in the demande."""
    clean = _clean(text)
    whole = clean if len(clean) <= longest else f"{clean[:longest].rstrip()}{words.say('document.plus_long')}"
    return printable(whole)


def _clean(text: str) -> str:
    return " ".join(visible(text.encode("utf-8", "ignore").decode("utf-8")).split())


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return "\u200b".join(word[at : at + PIECE] for at in range(0, len(word), PIECE))


def _grouped(champ: Champ, value: str) -> str:
    """A French phone by pairs, a SIRET by threes: as people read them aloud; empty for anything else."""
    if BY_CHAMP[champ].kind is Kind.PHONE and value.startswith("+33") and len(value) == 12:
        digits = f"0{value[3:]}"
        return " ".join(digits[at : at + 2] for at in range(0, 10, 2))
    if BY_CHAMP[champ].kind is Kind.SIRET and len(value) == 14:
        return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}"
    return ""


def _hours_on(told: Hours, day: str) -> float:
    """By the clock where hours are told, else the week's share of each day."""
    slots = told.on(day)
    return sum(_minutes(slot) for slot in slots) / 60 if slots else (told.week or 0) / len(told.days)


def _minutes(slot: Slot) -> int:
    clocks = [hour.partition(":") for hour in slot]
    if not all(hour.isdigit() and (minute or "0").isdigit() for hour, _, minute in clocks):
        return 0
    first, last = (int(hour) * 60 + int(minute or 0) for hour, _, minute in clocks)
    return (last - first) % (24 * 60)
