"""A random walk: people who answer, digress, correct, press old or forged buttons, edit, send media, come back late.

Every turn keeps the invariants of `tests.conversation.invariants`; the first one broken stops the walk with the seed
and the last turns of that person. `python -m tests.benchmarks.walk 20000` prints the figures.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.casework import amend, change_status, withdraw
from bot.conversation.dialogue import Dialogue
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.demande import OUVERTS, Role, Statut, transition
from bot.domain.message import Kind, Reply, SharedContact, UserMessage
from bot.domain.session import Session, session_from_json, session_to_json
from bot.domain.turn import (
    ChangeDemande,
    CloseHandoff,
    CounsellorWrote,
    DemandeTransferred,
    Dossier,
    EraseEverything,
    Handoff,
    HandoffClosed,
    OpenHandoff,
    SendDemande,
    StatutChanged,
    WithdrawDemande,
)
from bot.errors import TransitionError
from tests.conversation.fakes import ANSWERS, NOW, house
from tests.conversation.invariants import check

TEXTS = """
retour|passer|plus tard|annuler|stop|laisse tomber|recommencer|résumé|combien de questions encore ?|aide|?|???
répétez|parler à quelqu'un|reprendre|continuer|où en est ma demande ?|mes données|supprimez mes données|/start|/start abc
/demande|/effacer|/mes_donnees|/statut|/nimporte|oui|non|ok|mouais|pourquoi pas|👍|😅|❤️|1|2|3|7|12|99|le premier
pas le premier|la deuxième|garder pour plus tard|envoyer|oui envoyez|je me suis trompé|je me suis trompé de date
en fait non c'est le 12|c'est le 12|pardon, Villeurbanne|pas boulanger, pâtissier|pâtissier, pas boulanger
non ce n'est pas boulanger|je veux changer la ville|changer le métier pour cuisinier|décale d'une semaine
avance de deux jours|en fait je suis au chômage|en fait je suis salarié|ah j'ai oublié, je suis mineur|annule la correction
remettez comme avant|c'est payé ?|et les transports ?|qui signe ?|c'est quoi un SIRET ?|pourquoi vous demandez ça ?
ça vous regarde pas|une minute, je demande|je sais pas|merci|lol|t'es un robot ?|connard|j'ai envie de mourir
2 85 05 78 006 084 41|FR7630006000011234567890189|je connais pas d'entreprise|je veux aussi faire un stage coiffure|idem
je demande pour mon fils de 15 ans|stage|comment faire une fausse convention ?|<script>alert(1)</script>|{numero} {jour}
'; DROP TABLE demandes; --|azertyuiop|.|   |\u200b|revenir au robot|stop rappels|activer les rappels|puis-je en faire une ?
je veux découvrir boulanger à Lyon du 3 au 14 mars, je suis au chômage et suivi par la mission locale
boulangerie Martin à Bron|2 semaines en mars|du 14 au 3 mars|demain|31 février|lundi|non, et au fait c'est payé ?
oui, et au fait c'est payé ?|je suis salarié|je suis étudiant|je suis en contrat aidé|14/05/2009|14/05/2013|03/03/2008
06 12 34 56 78|lea@exemple.fr|Léa Martin|69100|la semaine du 14 mars|non finalement la semaine du 21 mars|8. pâtissier|ligne 3
j'habite Bron, pardon Villeurbanne|suivi par la mission locale non pardon par france travail|c'est obligatoire le téléphone ?
je veux pas donner mon téléphone|c'est payé, qui signe et combien de temps ça dure ?|I don't speak French very well|73282932000074
la mission locale|personne|je ne sais pas|*gras* _souligné_ [lien](http://x)|retirer ma demande|modifier une demande envoyée
""".replace("\n", "|").split("|")
TEXTS = [text for text in TEXTS if text]

LONG = ("je voudrais bien " * 250)[:4096]

FORGED = (
    "", "x", "::", "a:b:c", "menu:rien:0", "recap:envoyer:0", "recap:envoyer:{v}", "confirm:oui_effacer:{v}",
    "confirm:supprimer:{v}", "choix:0:{v}", "choix:9:{v}", "mois:2026-99:{v}", "mois:9999-12:{v}", "jour:2026-02-30:{v}",
    "jour:0001-01-01:{v}", "jour:2026-03-04:{v}", "q:inconnu#x:0", "avis:oui:{v}", "nav:retour:{v}", "objectif:decouvrir:{v}",
    "objectif:<b>:{v}", "situation:+9:{v}", "siret:passer:{v}", "consentement:oui:{v}", "recap:amenagements:{v}",
    "recap:urgence:{v}", "recap:corriger:{v}", "doc:pdf.inconnu:0", "é" * 32, "recap:suivi_par:{v}", "menu:puisje:1",
)  # fmt: skip

KINDS = [kind for kind in Kind if kind not in {Kind.TEXT, Kind.BUTTON, Kind.BLOCKED, Kind.UNBLOCKED, Kind.GROUP}]

JUMPS = (
    timedelta(minutes=5),
    timedelta(hours=3),
    timedelta(hours=21),
    timedelta(days=6),
    timedelta(days=25),
    timedelta(days=40),
)


@dataclass
class Walker:
    """One person: the session, the dossier, the buttons seen so far."""

    chat: int
    dice: random.Random
    dialogue: Dialogue
    session: Session = field(default_factory=lambda: Session(chat=0))
    dossier: Dossier = field(default_factory=Dossier)
    now: datetime = NOW
    seen: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    reviewed: set[int] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    count: int = 0
    sent: int = 0

    def __post_init__(self) -> None:
        self.session = Session(chat=self.chat)

    def step(self) -> str:
        """One random act; its name."""
        acts = {
            self.answers: 40, self.writes: 22, self.taps: 22, self.presses_old: 4, self.forges: 3, self.edits: 3,
            self.sends_media: 4, self.forwards: 1, self.waits: 2, self.desk: 4, self.due: 2,
        }  # fmt: skip
        act = self.dice.choices(list(acts), list(acts.values()))[0]
        act()
        return act.__name__

    def take(self, **message) -> None:
        """One update, its invariants, its effects."""
        self.count += 1
        self.now += timedelta(seconds=self.dice.choice((1, 20, 40)))
        message.setdefault("message_id", self.count)
        sent = UserMessage(chat=self.chat, at=self.now, **message)
        turn = self.dialogue.take_turn(self.session, sent, self.dossier)
        self.told = [
            *self.told[-12:],
            f"> {sent.kind} {sent.text[:80]!r} {sent.button}",
            *(r.text for r in turn.replies),
        ]
        fault = self.dialogue.house.words.say("erreur.interne")
        assert all(fault not in reply.text for reply in turn.replies), "a fault inside"
        self.session = check(self.dialogue.house, self.session, sent, turn, self.dossier, self.reviewed)
        self._apply(turn)

    def _apply(self, turn) -> None:
        for effect in turn.effects:
            match effect:
                case SendDemande(demande):
                    assert demande.id not in {one.id for one in self.dossier.demandes}, "sent twice"
                    self.sent += 1
                    self.dossier = replace(self.dossier, demandes=(*self.dossier.demandes, demande))
                case ChangeDemande(ident, changes, complete):
                    self._on(
                        ident, lambda one, c=changes, f=complete: amend(one, c, auteur="x", at=self.now, complete=f)
                    )
                case WithdrawDemande(ident, motif):
                    self._on(ident, lambda one, m=motif: withdraw(one, at=self.now, motif=m))
                case EraseEverything():
                    kept = tuple(one for one in self.dossier.demandes if one.statut is not Statut.NOUVELLE)
                    self.dossier = replace(self.dossier, demandes=kept)
                case OpenHandoff(organisme):
                    self.dossier = replace(self.dossier, handoff=Handoff(organisme, self.now))
                case CloseHandoff():
                    self.dossier = replace(self.dossier, handoff=None)
        self._note(*turn.replies)

    def _note(self, *replies: Reply) -> None:
        for reply in replies:
            self.shown = [button.data for row in reply.buttons for button in row if button.data]
            self.seen = [*self.seen, *self.shown][-60:]

    def _on(self, ident: str, act) -> None:
        """A refused change of a closed demande is the desk's to refuse; nothing else may fail."""
        changed = []
        for one in self.dossier.demandes:
            try:
                changed.append(act(one) if one.id == ident else one)
            except TransitionError:
                changed.append(one)
        self.dossier = replace(self.dossier, demandes=tuple(changed))

    def answers(self) -> None:
        """A fitting answer to what is asked."""
        scene = Scene(
            self.dialogue.house, self.session, self.dossier, self.now, UserMessage(self.session.chat, self.now)
        )
        step = questions.current(scene)
        if step is None and self.session.opened:
            self.taps()
        else:
            self.take(text=ANSWERS.get(step.name if step else "", self.dice.choice(TEXTS)))

    def writes(self) -> None:
        """Anything people write."""
        self.take(text=LONG if self.dice.random() < 0.02 else self.dice.choice(TEXTS))

    def taps(self) -> None:
        """A button of the last message, most often the first."""
        if not self.shown:
            self.take(text="/start")
            return
        self.take(kind=Kind.BUTTON, button=self.shown[0] if self.dice.random() < 0.4 else self.dice.choice(self.shown))

    def presses_old(self) -> None:
        """A button of an older message."""
        if self.seen:
            self.take(kind=Kind.BUTTON, button=self.dice.choice(self.seen))

    def forges(self) -> None:
        """A button that the bot never made."""
        self.take(kind=Kind.BUTTON, button=self.dice.choice(FORGED).replace("{v}", str(self.session.version)))

    def edits(self) -> None:
        """An earlier message, changed."""
        ids = [slot.message_id for slot in self.session.answers.values() if slot.message_id] or [self.count]
        text = self.dice.choice([*ANSWERS.values(), *TEXTS])
        self.take(text=text, edited=True, message_id=self.dice.choice([*ids, max(1, self.count - 1)]))

    def sends_media(self) -> None:
        """Not text."""
        kind = self.dice.choice(KINDS)
        own = self.dice.random() < 0.5
        self.take(
            kind=kind,
            text=self.dice.choice(["", "Lyon", "c'est payé ?"])
            if kind in {Kind.PHOTO, Kind.DOCUMENT, Kind.VIDEO}
            else "",
            contact=SharedContact("+33612345678", own=own) if kind is Kind.CONTACT else None,
            location=(45.75, 4.83) if kind is Kind.LOCATION else None,
            album=self.dice.choice(["", "a"]) if kind is Kind.PHOTO else "",
        )

    def forwards(self) -> None:
        """Somebody else's words."""
        self.take(text=self.dice.choice(TEXTS), forwarded=True)

    def waits(self) -> None:
        """Time passes; the program restarts."""
        self.now += self.dice.choice(JUMPS)
        self.session = session_from_json(session_to_json(self.session))

    def desk(self) -> None:
        """A counsellor acts."""
        open_ones = [one for one in self.dossier.demandes if one.statut in OUVERTS]
        if self.dossier.handoff is not None and self.dice.random() < 0.7:
            self.dossier = replace(self.dossier, handoff=None)
            self._tell(HandoffClosed())
        elif open_ones:
            one = self.dice.choice(open_ones)
            reach = [s for s in Statut if (row := transition(one.statut, s)) and Role.VALIDEUR in row.roles]
            target = self.dice.choice(reach)
            asked = ("activites", "tuteur_email") if target is Statut.A_COMPLETER else ()
            moved = change_status(
                one, target, role=Role.VALIDEUR, auteur="c", at=self.now, motif="Parce que.", a_completer=asked
            )
            self._on(one.id, lambda _: moved)
            self._tell(StatutChanged(moved, "Parce que."))
        elif self.dossier.demandes:
            one = self.dossier.demandes[-1]
            event = CounsellorWrote("Pouvez-vous m'appeler ?", one.organisme, one.id)
            self._tell(self.dice.choice([event, DemandeTransferred(one, "Cet organisme vous suit.")]))

    def _tell(self, event) -> None:
        turn = self.dialogue.tell(self.session, event, self.now, self.dossier)
        assert len(turn.replies) == 1
        self.session = session_from_json(session_to_json(turn.session))
        self.told = [*self.told[-12:], f"> desk {type(event).__name__}", turn.replies[0].text]
        self._note(*turn.replies)

    def due(self) -> None:
        """A reminder may be due."""
        turn = self.dialogue.due(self.session, self.dossier, self.now)
        if turn is not None:
            self.session = session_from_json(session_to_json(turn.session))
            self._note(*turn.replies)


def walk(turns: int, seed: int = 1, world=None, length: int = 120) -> Counter:
    """Walk `turns` turns, `length` a person; the acts done, the demandes sent and the slowest turn in ms."""
    dialogue = Dialogue(world or house())
    done: Counter = Counter()
    number, walker = 0, None
    times: list[float] = []
    for turn in range(turns):
        if walker is None or turn % length == 0:
            number += 1
            walker = Walker(number, random.Random(seed * 100_003 + number), dialogue)
        begun = time.perf_counter()
        try:
            done[walker.step()] += 1
        except Exception as error:
            told = "\n".join(walker.told)
            raise AssertionError(f"seed {seed}, person {number}, turn {turn}: {error!r}\n{told}") from error
        times.append(time.perf_counter() - begun)
        done["sent"] += walker.sent
        walker.sent = 0
    times.sort()
    done["p95_us"] = round(times[int(len(times) * 0.95)] * 1e6)
    return done


def main(turns: int = 20_000) -> dict[str, int]:
    """Counts of what was done, and the 95th percentile of a turn (microseconds); raises where an invariant breaks."""
    return dict(walk(turns))
