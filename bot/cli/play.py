"""One conversation, played through the sandbox and checked on the counsellors' pages: `demo --play`."""

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.app import Program
from bot.domain.demande import Champ, Demande
from bot.domain.message import Button
from bot.domain.typographie import typed
from bot.form.flow import Flow
from bot.form.wording import Wording
from bot.reading.plain import plain
from bot.sandbox import people
from bot.sandbox.world import Message, World

_PATIENCE = 90.0
"""Seconds: the first question waits for the search index, which may still be building."""

_QUESTIONS = ("C'est quoi une PMSMP ?", "est ce que c payé ?")
_CORRECTION = "pas boulanger, pâtissier"
ANSWERS = {
    "suivi_par": "la mission locale",
    "conseiller": "la mission locale de Lyon",
    "situation": "je cherche un emploi",
    "date_naissance": "14/05/2003",
    "commune": "69003",
    "handicap": "non",
    "rsa": "non",
    "inscrit_france_travail": "oui",
    "objectif": "découvrir un métier",
    "metier": "boulanger",
    "hote_connu": "oui",
    "entreprise": "Boulangerie Exemple",
    "siret": "73282932000074",
    "adresse": "12 rue des Lilas, 69003 Lyon",
    "tuteur": "Camille Exemple, gérante",
    "lieu": "Lyon",
    "horaires": "du lundi au vendredi, 9h-12h et 13h30-17h30",
    "activites": "voir la fabrication du pain et des gâteaux, aider à la vente",
    "identite": "Léa Exemple",
    "contact": "lea.exemple@exemple.fr 06 12 34 56 78",
    "consentement": "oui",
}
"""What an invented person answers to each step; `periode` depends on the day, what is not here is passed."""

_TURNS = 60


def put_away(message: Message) -> bool:
    """Whether a message was changed only because its question is answered: nobody is told anything new."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    shown = [
        Button("", str(button.get("callback_data", "")), str(button.get("url", ""))) for row in rows for button in row
    ]
    return message.edited and all(button.lasting for button in shown)


def step_on_screen(words: Wording, flow: Flow, text: str) -> str:
    """The step that a message asks, read from its words as a person does; empty where it asks none."""
    said = plain(text)
    found = [
        (said.rfind(question), step.name)
        for step in flow.steps
        for wording in ("question", "question_mineur", "aide")
        if (question := plain(words.step(step.name, wording))) and question in said
    ]
    return max(found)[1] if found else ""


def period(words: Wording, today: date) -> str:
    """Two weeks that start on a Monday, a month from now: « du 4 janvier 2027 au 15 janvier 2027 »."""
    day = today + timedelta(days=30)
    start = day + timedelta(days=-day.weekday() % 7)
    first, last = (words.day(one, weekday=False) for one in (start, start + timedelta(days=11)))
    return f"du {first} au {last}"


class Stuck(Exception):
    """The conversation or a page did not do what it must."""


@dataclass(slots=True)
class Play:
    """Plays, prints, checks."""

    whole: Program
    world: World
    base: str
    logins: Mapping[str, tuple[str, str]]
    """Name and password of one counsellor a body."""
    person: int = 1
    seen: int = 0
    asked: dict[str, int] = field(default_factory=dict)

    def run(self) -> str:
        """Play everything; an empty text, or what went wrong."""
        self.person = _newcomer()
        try:
            self._talk()
            demande = self._stored()
            self._shown(demande)
        except Stuck as error:
            return str(error)
        return ""

    # --- the conversation ---------------------------------------------------------------------------------------

    def _talk(self) -> None:
        self._say("/start")
        for question in _QUESTIONS:
            said = self._say(question).text
            if "Source" not in said or "vérifié le" not in said:
                raise Stuck("a question was answered without its source")
        shown = self._say("/demande")
        corrected = False
        for _ in range(_TURNS):
            send = self._button(shown, "recap:envoyer:")
            if send and corrected:
                self._press(shown, send)
                return
            if send:
                shown, corrected = self._say(_CORRECTION), True
            else:
                shown = self._answer(shown)
        raise Stuck("the form did not come to its end")

    def _answer(self, shown: Message) -> Message:
        """Answer the question on screen: what is asked is read from its words, as a person does."""
        house = self.whole.house
        step = step_on_screen(house.words, house.flow, shown.text)
        yes = self._labelled(shown, house.words.say("oui"))
        if not step and yes:
            return self._press(shown, yes)
        self.asked[step] = self.asked.get(step, 0) + 1
        if self.asked[step] > 3:
            raise Stuck(f"the bot asks the same thing again and again: {step or shown.text!r}")
        skip = self._button(shown, f"{step}:passer:")
        if step == "periode":
            return self._say(period(house.words, self.whole.clock.now().date()))
        if step in ANSWERS:
            return self._say(ANSWERS[step])
        return self._press(shown, skip) if skip else self._say("non")

    def _say(self, text: str) -> Message:
        print(f"\n> {text}")
        people.write(self.world, self.person, text)
        return self._reply()

    def _press(self, under: Message, button: Mapping[str, str]) -> Message:
        print(f"\n> [{button['text']}]")
        people.press(self.world, self.person, under.id, button["callback_data"])
        return self._reply()

    def _button(self, shown: Message, prefix: str) -> Mapping[str, str] | None:
        rows = (shown.markup or {}).get("inline_keyboard", [])
        buttons: list[Mapping[str, str]] = [button for row in rows for button in row]
        return next((one for one in buttons if one.get("callback_data", "").startswith(prefix)), None)

    def _labelled(self, shown: Message, label: str) -> Mapping[str, str] | None:
        rows = (shown.markup or {}).get("inline_keyboard", [])
        return next((button for row in rows for button in row if typed(button["text"]) == typed(label)), None)

    def _reply(self) -> Message:
        """The bot's answer, printed; a document that comes with it is printed too."""
        deadline = time.monotonic() + _PATIENCE
        fresh: list[Message] = []
        while not fresh:
            if time.monotonic() > deadline:
                raise Stuck("the bot did not answer")
            time.sleep(0.02)
            chat = self.world.chat(self.person)
            fresh = [one for one in chat.messages.values() if one.rev > self.seen and not one.mine]
            fresh = [one for one in fresh if not put_away(one)]
        self.seen = max(one.rev for one in fresh)
        for one in fresh:
            print(_printed(one))
        return fresh[-1]

    # --- what became of it --------------------------------------------------------------------------------------

    def _stored(self) -> Demande:
        from bot.storage.stores import DjangoDemandeStore

        demandes = DjangoDemandeStore().of_chat(self.person)
        if len(demandes) != 1:
            raise Stuck(f"{len(demandes)} requests stored instead of one")
        sent = demandes[0]
        print(f"\nstored   {sent.numero}, once; trade after the correction: {sent.answers.get(Champ.METIER)}")
        name = self.whole.house.organismes[sent.organisme].nom
        print(f"routed   {name} ({sent.organisme}), rule {sent.orientation.get('regle')}")
        if "tissier" not in str(sent.answers.get(Champ.METIER)):
            raise Stuck("the correction is not in the request")
        return sent

    def _shown(self, sent: Demande) -> None:
        for organisme, (name, password) in self.logins.items():
            listed, opened = Counsellor(self.base, name, password).sees(sent)
            print(f"desk     {name}: {'sees it' if listed else 'not in the list'}, its page {opened}")
            right = organisme == sent.organisme
            if (listed, opened == 200) != (right, right):
                raise Stuck(f"{name} must {'' if right else 'not '}see this request")


@dataclass(frozen=True, slots=True)
class Counsellor:
    """A counsellor's browser, without a browser."""

    base: str
    name: str
    password: str

    def sees(self, sent: Demande) -> tuple[bool, int]:
        """(whether the list shows it, the status of its own page)."""
        web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        form = _get(web, f"{self.base}/connexion/")[1]
        fields = {
            "csrfmiddlewaretoken": _token(form),
            "nom": self.name,
            "mot_de_passe": self.password,
        }
        _get(web, f"{self.base}/connexion/", urllib.parse.urlencode(fields).encode())
        status, listed = _get(web, f"{self.base}/demandes/")
        if status != 200 or "csrfmiddlewaretoken" not in listed:
            raise Stuck(f"{self.name} cannot sign in")
        return sent.numero in listed, _get(web, f"{self.base}/demandes/{sent.id}/")[0]


def _newcomer() -> int:
    """The first person this database has never met."""
    from itertools import count

    from bot.storage.models import DemandeRow, SessionRow

    met = {*SessionRow.objects.values_list("chat", flat=True), *DemandeRow.objects.values_list("chat", flat=True)}
    return next(number for number in count(1) if number not in met)


def _get(web: urllib.request.OpenerDirector, url: str, body: bytes | None = None) -> tuple[int, str]:
    request = urllib.request.Request(url, body, {"Referer": url})  # noqa: S310 - our own loopback address
    try:
        with web.open(request, timeout=30) as answer:
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if not found:
        raise Stuck("the sign-in page has no form")
    return found.group(1)


def _printed(message: Message) -> str:
    rows = (message.markup or {}).get("inline_keyboard", [])
    buttons = ["  " + "  ".join(f"[{button['text']}]" for button in row) for row in rows]
    file = [f"(document: {message.file.name}, {len(message.file.content)} bytes)"] if message.file else []
    return "\n".join([message.text, *file, *buttons])
