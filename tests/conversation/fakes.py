"""Small doubles of the ports the dialogue uses, and a person who talks to it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.casework import answer_transfer, change_status, propose_transfer, withdraw
from bot.content.appellations import read_appellations
from bot.content.bureaux import read_offices
from bot.content.communes import load_communes
from bot.content.metiers import load_activites, load_metiers
from bot.content.organismes import load_organismes
from bot.content.orientation import load_router
from bot.content.regles import load_regles
from bot.content.wording import load_wording
from bot.conversation.dialogue import Dialogue, House
from bot.conversation.hearing.orders import heard_as_order
from bot.domain.answer import Answer, Danger, Emergency, Refus, Refusal, Smalltalk, Suggestion
from bot.domain.demande import Champ, Demande, Role, Statut
from bot.domain.fiche import Citation, Passage
from bot.domain.message import Button, Kind, Reply, UserMessage
from bot.domain.places import Carte
from bot.domain.session import Session
from bot.domain.turn import (
    AnswerTransfer,
    ChangeDemande,
    CloseHandoff,
    CounsellorWrote,
    Dossier,
    EraseEverything,
    Handoff,
    HandoffClosed,
    OpenHandoff,
    SendDemande,
    StatutChanged,
    TransferAsked,
    WithdrawDemande,
)
from bot.form.demande_flow import demande_flow
from bot.formats import LibraryFormats
from bot.offices import MemoryOffices
from bot.reading.plain import plain
from bot.reading.reader import FieldReader
from bot.trade_search import TradeIndex
from tests.conversation.invariants import check

ROOT = Path(__file__).resolve().parents[2]
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 2, 10, 10, 0, tzinfo=PARIS)
CITATION = Citation("Code du travail", "https://www.legifrance.gouv.fr/exemple", date(2026, 1, 15), "L5135-1")


class FakeAnswerer:
    """Knows three subjects; counts how often it is asked."""

    def __init__(self):
        self.asked = []

    def answer(self, question):
        self.asked.append(question)
        words = plain(question.text)
        previous = plain(" ".join(question.history))
        if self.emergency(question.text):
            return Emergency("suicide", "Appelez le 3114, jour et nuit.", ("urgence#suicide",), (CITATION,))
        if words in {"merci", "lol", "il fait beau"}:
            return Smalltalk("merci" if words == "merci" else "autre")
        if "robot" in words:
            return Smalltalk("robot")
        if words in {"connard", "idiot"}:
            return Smalltalk("insulte")
        if "paye" in words or "remunere" in words:
            return self._found("remuneration#paye", "Non, une immersion n'est pas payée par l'entreprise.")
        if "transport" in words and ("paye" in previous or "paye" in words):
            return self._found("aides#transport", "Demandez une aide au transport à votre conseiller.")
        if "pmsmp" in words or "signe" in words or "duree" in words:
            return self._found("definition#pmsmp", "Une immersion permet de découvrir un métier en situation réelle.")
        if "fausse convention" in words:
            return Refusal(Refus.UNSAFE)
        return Refusal(Refus.NOT_IN_BASE)

    def _found(self, ref, text):
        return Answer(text, "", (ref,), (CITATION,), (Suggestion("Qui signe la convention ?", "convention#signature"),))

    def passage(self, ref):
        if ref.startswith("urgences#"):
            return Passage(ref, "Qui appeler ?", "Appelez le 3114, jour et nuit.", "", (CITATION,), date(2027, 1, 1))
        return Passage(ref, "Qui signe la convention ?", "Trois parties signent.", "", (CITATION,), date(2027, 1, 1))

    def danger(self, text):
        return Danger("suicide", 1.0, sure=True) if self.emergency(text) else None

    def emergency(self, text):
        return "suicide" if "mourir" in plain(text) else ""


@lru_cache(maxsize=1)
def house():
    return House(
        words=load_wording(ROOT / "prompts", strict=True),
        answerer=FakeAnswerer(),
        router=load_router(ROOT / "knowledge"),
        regles=load_regles(ROOT / "knowledge"),
        formats=LibraryFormats(),
        reader=FieldReader(load_communes(ROOT / "knowledge"), load_metiers(ROOT / "knowledge"), heard_as_order),
        flow=demande_flow(),
        organismes=load_organismes(ROOT / "knowledge"),
    )


@lru_cache(maxsize=1)
def imported_house():
    """The same house once a deployment has imported the small office files and the small list of trades."""
    carte = Carte(one for found in load_communes(ROOT / "knowledge").values() for one in found)
    files = (ROOT / "tests/orientation/annuaire" / name for name in ("base_locale.json", "bureaux.csv"))
    offices = MemoryOffices(one for file in files for one in read_offices(file, carte).bureaux)
    trades = TradeIndex(
        read_appellations([ROOT / "tests/content/appellations.csv"]),
        load_metiers(ROOT / "knowledge"),
        activites=load_activites(ROOT / "knowledge"),
    )
    return replace(house(), offices=offices, carte=carte, trades=trades)


@dataclass
class Person:
    """Talks to the dialogue as a channel would: stores the session, applies the effects, checks the invariants."""

    dialogue: Dialogue = field(default_factory=lambda: Dialogue(house()))
    session: Session = field(default_factory=lambda: Session(chat=42))
    dossier: Dossier = field(default_factory=Dossier)
    now: datetime = NOW
    effects: list = field(default_factory=list)
    replies: list = field(default_factory=list)
    reviewed: set = field(default_factory=set)
    count: int = 0
    shown: tuple = ()
    """The messages of the last turn, whose buttons may be pressed."""

    def does(self, **message) -> Reply:
        """One update, and the invariants after it."""
        self.count += 1
        self.now += timedelta(seconds=20)
        message.setdefault("message_id", self.count)
        message.setdefault("at", self.now)
        sent = UserMessage(chat=self.session.chat, **message)
        turn = self.dialogue.take_turn(self.session, sent, self.dossier)
        self.session = check(self.dialogue.house, self.session, sent, turn, self.dossier, self.reviewed)
        reply = turn.replies[0] if turn.replies else Reply()
        self.effects += turn.effects
        self.apply(turn.effects)
        self.replies += turn.replies
        self.shown = turn.replies or self.shown
        return reply

    def apply(self, effects):
        for effect in effects:
            match effect:
                case SendDemande(demande):
                    self.dossier = replace(self.dossier, demandes=(*self.dossier.demandes, demande))
                case ChangeDemande():
                    pass
                case WithdrawDemande(identifier, motif):
                    kept = tuple(
                        withdraw(one, at=self.now, motif=motif) if one.id == identifier else one
                        for one in self.dossier.demandes
                    )
                    self.dossier = replace(self.dossier, demandes=kept)
                case AnswerTransfer(identifier, accepte):
                    moved = [
                        answer_transfer(one, accepte=accepte, at=self.now) if one.id == identifier else one
                        for one in self.dossier.demandes
                    ]
                    self.dossier = replace(self.dossier, demandes=tuple(moved))
                case OpenHandoff(organisme):
                    self.dossier = replace(self.dossier, handoff=Handoff(organisme, self.now))
                case CloseHandoff():
                    self.dossier = replace(self.dossier, handoff=None)
                case EraseEverything():
                    kept = tuple(one for one in self.dossier.demandes if one.statut != "nouvelle")
                    self.dossier = replace(self.dossier, demandes=kept)

    def is_told(self, event) -> Reply:
        """What a counsellor does, said to the person."""
        self.now += timedelta(minutes=5)
        turn = self.dialogue.tell(self.session, event, self.now, self.dossier)
        self.session = turn.session
        self.apply(turn.effects)
        self.replies += turn.replies
        self.shown = turn.replies
        return self.last

    def is_written_to(self, text: str) -> Reply:
        """A counsellor takes the conversation and writes."""
        handoff = self.dossier.handoff
        self.dossier = replace(self.dossier, handoff=replace(handoff, taken=True))
        return self.is_told(CounsellorWrote(text, handoff.organisme))

    def is_left(self) -> Reply:
        """The counsellor gives the conversation back."""
        self.dossier = replace(self.dossier, handoff=None)
        return self.is_told(HandoffClosed())

    def is_asked_again(self, *champs: str, why: str) -> Reply:
        """The counsellor asks for these fields of the last demande sent."""
        kept = {"role": Role.CONSEILLER, "auteur": "conseiller", "at": self.now}
        taken = change_status(self.dossier.demandes[-1], Statut.PRISE_EN_CHARGE, **kept)
        asked = change_status(taken, Statut.A_COMPLETER, motif=why, a_completer=champs, **kept)
        self.dossier = replace(self.dossier, demandes=(*self.dossier.demandes[:-1], asked))
        return self.is_told(StatutChanged(asked, why))

    def is_asked_to_move(self, organisme: str, why: str) -> Reply:
        """The counsellor proposes another body for the last demande sent."""
        kept = {"role": Role.CONSEILLER, "auteur": "conseiller", "at": self.now, "motif": why}
        asked = propose_transfer(self.dossier.demandes[-1], organisme, **kept)
        self.dossier = replace(self.dossier, demandes=(*self.dossier.demandes[:-1], asked))
        return self.is_told(TransferAsked(asked, organisme, why))

    def says(self, text: str, **message) -> Reply:
        return self.does(text=text, **message)

    def taps(self, label: str) -> Reply:
        """Press the button of the last reply whose label starts so."""
        button = self.button(label)
        return self.does(kind=Kind.BUTTON, button=button.data, message_id=900)

    def button(self, label: str) -> Button:
        buttons = [button for reply in self.shown for row in reply.buttons for button in row]
        found = next((button for button in buttons if button.label.startswith(label)), None)
        assert found, f"no button {label!r} among {[button.label for button in buttons]}"
        return found

    def presses(self, data: str) -> Reply:
        return self.does(kind=Kind.BUTTON, button=data, message_id=900)

    @property
    def last(self) -> Reply:
        return self.replies[-1]

    def slot(self, champ):
        kept = self.session.answers.get(champ)
        return kept.value if kept else None

    @property
    def asked(self):
        """The question that waits: the step's name, `recap`, or an empty string."""
        from bot.conversation.saying import questions
        from bot.conversation.scene import Scene

        scene = Scene(self.dialogue.house, self.session, self.dossier, self.now, UserMessage(42, self.now))
        step = questions.current(scene)
        return step.name if step else ("recap" if self.session.opened else "")

    def sent(self) -> list[Demande]:
        return [effect.demande for effect in self.effects if isinstance(effect, SendDemande)]


ANSWERS = {
    "suivi_par": "la mission locale",
    "conseiller": "agence de Bron",
    "situation": "je cherche un emploi",
    "date_naissance": "14/05/2000",
    "commune": "Bron",
    "handicap": "non",
    "objectif": "découvrir un métier",
    "metier": "boulanger",
    "hote_connu": "non",
    "lieu": "Lyon",
    "periode": "du 3 au 14 mars",
    "horaires": "du lundi au vendredi, 9h-12h 14h-17h",
    "activites": "voir la fabrication du pain",
    "identite": "Léa Martin",
    "contact": "lea@exemple.fr 06 12 34 56 78",
    "consentement": "oui",
    "entreprise": "Boulangerie Martin",
    "siret": "73282932000074",
    "adresse": "12 rue des Lilas, 69500 Bron",
    "tuteur": "Paul Durand, gérant",
    "representant": "Claire Martin 06 12 34 56 79",
    "sur_temps_travail": "non",
    "inscrit_france_travail": "non",
    "rsa": "non",
    "inaptitude": "non",
}


def at(step: str, now: datetime = NOW, lives_in=None, **answers) -> Person:
    """A person who has answered everything before `step` (`recap`: everything); what may wait is passed."""
    person = Person(Dialogue(lives_in or house()), now=now)
    person.says("/demande")
    given = ANSWERS | ({"suivi_par": "personne"} if step == "handicap" else {}) | answers
    flow = person.dialogue.house.flow
    for _ in range(40):
        if person.asked == step:
            return person
        asked = flow.step(person.asked)
        person.says("passer" if asked and asked.optional and asked.name not in given else given[person.asked])
    raise AssertionError(f"{step} was never asked: {person.last.text}")


__all__ = ["ANSWERS", "UTC", "Champ", "FakeAnswerer", "Handoff", "Person", "at", "house"]
