"""The composition root: the only module that chooses implementations and joins them."""

import logging
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.answers.late import LateAnswers, NoAnswers
from bot.channels.telegram import intake
from bot.channels.telegram.documents import Documents
from bot.companies import CompanySearch
from bot.config import Settings
from bot.content.communes import load_communes
from bot.content.consignes import Consignes, load_consignes
from bot.content.echeances import load_echeances
from bot.content.fiches import load_fiches
from bot.content.lexique import load_lexique
from bot.content.metiers import load_activites, load_appellations, load_metiers, load_trades
from bot.content.organismes import load_organismes
from bot.content.orientation import load_router
from bot.content.paroles import FOLDER as PAROLES
from bot.content.paroles import load_examples, load_words
from bot.content.proven import Proven
from bot.content.regles import load_regles
from bot.content.wording import load_wording
from bot.conversation.dialogue import Dialogue
from bot.conversation.hearing.orders import heard_as_order
from bot.conversation.scene import House
from bot.domain import regex
from bot.domain.demande import Demande
from bot.domain.echeance import Echeance
from bot.domain.fiche import Passage
from bot.domain.message import UserMessage
from bot.domain.places import Carte
from bot.domain.session import Session, session_to_json
from bot.domain.turn import Dossier
from bot.ear.listener import open_listener
from bot.errors import BotError, IndexUnusable
from bot.form.demande_flow import demande_flow
from bot.formats import LibraryFormats
from bot.ports import Answerer, Clock, OfficeDirectory, Trades
from bot.reading import sensitive
from bot.reading.outcome import ReadContext
from bot.reading.reader import FieldReader
from bot.trade_search import TradeIndex

if TYPE_CHECKING:
    from bot.answers.chooser import Chooser
    from bot.llm.assembly import Model

PARIS = ZoneInfo("Europe/Paris")
REHEARSED = ("/demande", "boulanger à Lyon")

_log = logging.getLogger(__name__)


class SystemClock:
    """The time, in Paris."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(PARIS)


@dataclass(frozen=True, slots=True)
class DayClock:
    """The time of day as it is, on a day that is given: `--today`."""

    day: date

    def now(self) -> datetime:
        """Now, that day."""
        return datetime.combine(self.day, datetime.now(PARIS).time(), PARIS)


def open_model(
    settings: Settings, clock: Clock, *, prompts: Path | None = None, replies: Path | None = None
) -> "Model | None":
    """The model that listens and chooses, over its provider or over two files; None where none is set.

    Raises ContentError for what is wrong in prompts/modele, InputError for a file that cannot be used.
    """
    if not (settings.llm_model or prompts or replies):
        return None
    from bot.llm import assembly
    from bot.llm.client import ChainClient

    consignes = load_consignes(settings.prompts_dir)
    masker = _masker(settings, clock, consignes)
    if prompts or replies:
        return assembly.by_files(prompts, replies, masker, consignes.textes)
    key = settings.llm_api_key.get_secret_value()
    client = ChainClient(settings.llm_model, base_url=settings.llm_base_url, key=key)
    meter = assembly.meter_of(clock.now, settings.llm_tokens_a_day)
    return assembly.opened(client, meter, masker, consignes.textes)


def _masker(settings: Settings, clock: Clock, consignes: Consignes) -> Any:
    """What hides names, numbers and health before anything leaves."""
    from bot.conversation.hearing.ear import hear
    from bot.llm import assembly
    from bot.llm.masking import Masker

    knowledge, formats, regles = settings.knowledge_dir, LibraryFormats(), load_regles(settings.knowledge_dir)
    listener, spoken = open_listener(knowledge, settings.cache_dir), load_words(knowledge)

    def category(text: str) -> str:
        return sensitive.category(text, ReadContext(clock.now().date(), regles, formats))

    passages = [one for fiche in load_fiches(knowledge) for one in fiche.passages]
    texts = [text for one in passages for text in (one.court, one.detail)]
    texts += load_wording(settings.prompts_dir).entries.values()
    given = consignes.listes["prenoms"]
    lexique, trades, acts = load_lexique(knowledge), load_trades(knowledge), load_activites(knowledge)
    written = [*texts, *lexique.sms, *lexique.sms.values(), *(form for one in lexique.concepts for form in one.dit)]
    written += [*load_appellations(knowledge), *(name for label, more in trades.items() for name in (label, *more))]
    written += [text for label, more in acts.items() for text in (label, *more)]
    said = [text for one in passages for text in (one.titre, *one.questions)]
    said += [one.text for one in load_examples(knowledge)]
    return Masker(
        ordinary=assembly.ordinary(texts) - given,
        kept=consignes.listes["sigles"],
        given=given,
        doubles=consignes.listes["prenoms_doubles"],
        usual=assembly.usual,
        explained=assembly.explained(written, said, load_communes(knowledge), given),
        health=lambda text: hear(text, listener, spoken, lambda part: category(part) == "sante").health,
        withheld=lambda text: category(text) not in {"", "sante", "tiers"},
    )


def open_chooser(settings: Settings, model: "Model | None") -> "Chooser | None":
    """What chooses among passages: the model, the reranker, one after the other; None where the search decides alone.

    Raises IndexUnusable where the reranker does not load.
    """
    from bot.answers.chooser import InTurn
    from bot.answers.reranker import load_reranker
    from bot.answers.trial import OnTrial

    choosers: list[Chooser] = [model.chooser] if model else []
    if settings.rerank_model:
        choosers.append(OnTrial(load_reranker(settings.rerank_model, download=settings.model_downloads)))
    return InTurn(tuple(choosers)) if choosers else None


def open_answers_aside(settings: Settings, model: "Model | None" = None) -> Answerer:
    """The answers, opened in a thread of their own; raises ContentError at once for a broken fiche.

    What was built before is opened when it is wanted: pages and form do not wait for it.
    """
    knowledge, wanted = settings.knowledge_dir, Event()

    fiches = Proven(settings.cache_dir).through(
        "fiches", lambda seen: None if seen else load_fiches(knowledge), knowledge
    )
    if fiches:
        wanted.set()  # there is an index to build, in a process of its own: the sooner the better
    opened: Future[Answerer] = Future()

    def work() -> None:
        wanted.wait()
        if opened.cancelled():
            return
        found: Answerer = NoAnswers()
        try:
            found = open_answers(settings, model)
        except BotError as error:
            _log.error("questions are not answered, the form works: %s", error)
        with suppress(InvalidStateError):
            opened.set_result(found)

    Thread(target=work, name="answers", daemon=True).start()
    return LateAnswers(opened, wanted.set)


def open_answers(settings: Settings, model: "Model | None" = None) -> Answerer:
    """The answers; where the index cannot be opened, `NoAnswers` and a line in the log. A broken fiche is raised."""
    from bot.answers.service import open_answerer
    from bot.answers.steady import SteadyAnswerer, kept

    chooser = _chooser_or_none(settings, model)

    def opened(server: str) -> Answerer:
        return open_answerer(
            settings.knowledge_dir,
            settings.data_dir,
            encoder=settings.embedding_model,
            chroma_url=server,
            watch=True,
            cache=settings.cache_dir,
            chooser=chooser,
            progress=lambda stage: _log.info(
                "the search index, built once: %s, %.0f %%", stage.words, 100 * stage.share
            ),
        )

    try:
        if not settings.chroma_url:
            return opened("")
        spare = (lambda: kept(settings.data_dir, settings.embedding_model), lambda: opened(""))
        return SteadyAnswerer(lambda: opened(settings.chroma_url), spare, lambda: listens(settings.chroma_url))
    except BotError as error:
        if not isinstance(error, IndexUnusable):
            raise
        _log.error("questions are not answered, the form works: %s", error)
    except Exception as error:
        _log.exception("questions are not answered, the form works: %s", type(error).__name__)
    return NoAnswers()


def _chooser_or_none(settings: Settings, model: "Model | None") -> "Chooser | None":
    """The chooser; a reranker that does not load is a line in the log, and the search decides alone."""
    try:
        return open_chooser(settings, model)
    except IndexUnusable as error:
        _log.error("questions are answered without a reranker: %s", error)
        return model.chooser if model else None


def listens(url: str) -> bool:
    """Whether something accepts connections at this address, looked at for a second; a folder always does."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return True
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 8000), timeout=1):
            return True
    except OSError:
        return False


def open_house(
    settings: Settings,
    answerer: Answerer,
    model: "Model | None" = None,
    *,
    offices: OfficeDirectory | None = None,
    trades: Trades | None = None,
) -> House:
    """The content and the rules the dialogue works with; raises ContentError with every fault."""
    knowledge, prompts, proven = settings.knowledge_dir, settings.prompts_dir, Proven(settings.cache_dir)
    communes = load_communes(knowledge)
    told = ""
    if settings.llm_model:
        from bot.llm.assembly import recipient

        told = recipient(settings.llm_model, settings.llm_base_url, settings.llm_name)
    return House(
        words=proven.through("words", lambda seen: load_wording(prompts, seen=seen), prompts),
        answerer=answerer,
        router=load_router(knowledge),
        regles=load_regles(knowledge),
        formats=LibraryFormats(),
        reader=FieldReader(communes, load_trades(knowledge), heard_as_order),
        flow=demande_flow(),
        organismes=load_organismes(knowledge),
        retention_jours=settings.retention_brouillon_jours,
        retention_close_jours=settings.retention_close_jours,
        listener=open_listener(knowledge, settings.cache_dir),
        spoken=proven.through("said", lambda seen: load_words(knowledge, seen=seen), knowledge / PAROLES),
        spellings=load_lexique(knowledge).spellings,
        offices=offices,
        carte=Carte(one for found in communes.values() for one in found) if offices else Carte(()),
        trades=trades,
        companies=CompanySearch(settings.recherche_entreprises_url) if settings.recherche_entreprises_url else None,
        second_ear=model.ear if model else None,
        told_of_model=told,
    )


def open_trades(settings: Settings) -> Trades:
    """The imported trades, ready to be searched (half a second for the whole list); the database is open."""
    from bot.storage.trade_list import all_trades

    knowledge = settings.knowledge_dir
    named, nearest, doings = load_metiers(knowledge), load_appellations(knowledge), load_activites(knowledge)
    return TradeIndex(all_trades(), named, nearest, doings)


def open_offices() -> OfficeDirectory:
    """The imported offices; the database is open."""
    from bot.storage.offices import DjangoOfficeDirectory

    return DjangoOfficeDirectory()


@dataclass(frozen=True, slots=True)
class Program:
    """Everything a running process shares."""

    settings: Settings
    clock: Clock
    house: House
    conversation: Dialogue
    model: "Model | None" = None
    started: datetime = field(default_factory=lambda: datetime.now(PARIS))

    def to_message(self, raw: Mapping[str, Any], received_at: datetime) -> UserMessage | None:
        """What a person did, dated from when it came; with `--today`, on that day whatever the update says."""
        message = intake.to_message(raw, received_at)
        return replace(message, at=self.clock.now()) if message and isinstance(self.clock, DayClock) else message

    def store(self, raw: Mapping[str, Any]) -> bool:
        """Store a raw update before it is acknowledged; False where it was known."""
        from bot.storage.inbox import receive

        return receive(intake.kept(raw), chat=intake.chat_of(raw), now=self.clock.now())

    def taker(self) -> Any:
        """What takes turns."""
        from bot.storage.turns import TurnTaker

        apology = self.house.words.say("telegram.excuse")
        too_fast = self.house.words.say("hors_texte.trop_vite")
        return TurnTaker(self.conversation, self.to_message, self.clock, apology=apology, too_fast=too_fast)

    def sweeper(self) -> Any:
        """What sends reminders, and erases what retention says must go."""
        from bot.storage.sweeper import Sweeper

        return Sweeper(
            self.conversation,
            self.clock,
            retention_brouillon_jours=self.settings.retention_brouillon_jours,
            retention_close_jours=self.settings.retention_close_jours,
        )

    def post_mail(self) -> int:
        """Send the notices that are due to counsellors; the desk must be installed."""
        from bot.dashboard.courrier import post
        from bot.dashboard.desk import desk

        return post(desk())

    def tell_maintainers(self) -> int:
        """Queue the month's e-mail on data to look at again; the desk must be installed."""
        from bot.dashboard.desk import desk
        from bot.dashboard.upkeep import tell

        return tell(desk(), [one.strip() for one in self.settings.maintainers.split(",") if one.strip()])

    def post(self) -> int:
        """Send the e-mails that wait; how many left."""
        from bot.dashboard import accounts, mailbox

        return mailbox.send_waiting(self.clock.now(), self.settings.email_from, accounts.MAKERS)

    def troubles(self) -> Mapping[str, str]:
        """What does not work here, and since when (ISO 8601): for the heartbeat, never a word of anybody."""
        found: dict[str, str] = {}
        answerer = self.house.answerer.opened if isinstance(self.house.answerer, LateAnswers) else self.house.answerer
        if isinstance(answerer, NoAnswers):
            found["recherche-fermee"] = self.started.isoformat()
        away = getattr(answerer, "away_since", None)
        if isinstance(away, datetime):
            found["chroma"] = away.isoformat()
        if self.model and self.model.meter and self.model.meter.away_since:
            found["modele"] = self.model.meter.away_since.isoformat()
        return found

    def model_counts(self) -> Mapping[str, Any] | None:
        """What the model did and cost today, in figures; None where there is none."""
        meter = self.model.meter if self.model else None
        return None if meter is None else meter.counts.told()

    def want_answers(self) -> None:
        """The pages serve: what questions need may be opened now."""
        if isinstance(self.house.answerer, LateAnswers):
            self.house.answerer.want()

    def settle(self, limit: float) -> None:
        """Wait until everything works, questions included, at most `limit` seconds; blocking."""
        if isinstance(self.house.answerer, LateAnswers):
            self.house.answerer.wait(limit)

    def rehearse(self) -> None:
        """A turn of nobody's, that leaves nothing: what is made at its first use is then there for whoever writes first.

        Without answers, model nor register: nothing leaves, nothing is recorded as asked.
        """
        alone = replace(self.house, answerer=NoAnswers(), second_ear=None, companies=None)
        now, session = self.clock.now(), Session(0)
        for text in REHEARSED:
            session = Dialogue(alone).take_turn(session, UserMessage(0, now, text=text), Dossier()).session
        regex.compile_waiting()

    def close(self) -> None:
        """Let go of whoever waits for something."""
        if isinstance(self.house.answerer, LateAnswers):
            self.house.answerer.close()

    def documents(self) -> Documents:
        """What makes the documents of a reply."""
        from bot.storage.stores import DjangoDemandeStore

        return Documents(self.house.words, DjangoDemandeStore(), self.pdf, self.ics, self.held)

    def pdf(self, demande: Demande) -> bytes:
        """The summary of a demande, its legal checks included."""
        from bot.convention.pdf import demande_pdf
        from bot.domain.controles import controler
        from bot.storage.stores import DjangoDemandeStore

        day, house = self.clock.now().date(), self.house
        others = [one for one in DjangoDemandeStore().of_chat(demande.chat) if one.id != demande.id]
        found = controler(
            demande.answers, today=day, regles=house.regles, holidays=house.formats.holidays, earlier=others
        )
        return demande_pdf(demande, house.organismes[demande.organisme], found, house.words)

    def ics(self, demande: Demande) -> bytes:
        """The dates of a demande for a calendar."""
        from bot.convention.agenda import demande_ics
        from bot.domain.demarches import demarches

        day, house = self.clock.now().date(), self.house
        steps = demarches(
            demande.answers,
            demande.organisme,
            demande.dispositif,
            today=day,
            regles=house.regles,
            holidays=house.formats.holidays,
        )
        return demande_ics(demande, steps, house.words)

    def held(self, chat: int) -> Mapping[str, Any]:
        """Everything held about a person: the draft, the demandes with their events, the words exchanged."""
        from dataclasses import asdict

        from bot.storage.models import HandoffRow, RelayedMessage
        from bot.storage.stores import DjangoDemandeStore, DjangoSessionStore

        session = DjangoSessionStore().load(chat)
        written = RelayedMessage.objects.filter(chat=chat).order_by("at")
        handed = HandoffRow.objects.filter(chat=chat).order_by("opened_at")
        return {
            "brouillon": session_to_json(session) if session else None,
            "demandes": [asdict(one) for one in DjangoDemandeStore().of_chat(chat)],
            "conversations": [
                {
                    "organisme": one.organisme,
                    "demandee_le": one.opened_at,
                    "urgente": one.urgent,
                    "prise_par": one.pris_par,
                    "prise_le": one.taken_at,
                    "rendue_le": one.closed_at,
                    "brouillon_montre": one.brouillon,
                }
                for one in handed
            ],
            "messages": [
                {"le": one.at.isoformat(), "de": one.auteur, "organisme": one.organisme, "texte": one.texte}
                for one in written
            ],
        }


def clock_of(today: date | None) -> Clock:
    """The system's clock, or one fixed on a day."""
    return DayClock(today) if today else SystemClock()


def program(
    settings: Settings,
    today: date | None = None,
    *,
    answerer: Answerer | None = None,
    database: Callable[[], None] = lambda: None,
) -> Program:
    """The whole; raises ContentError and SettingError.

    `database` opens it, where it is not open yet: an index that is built aside is then begun before.
    """
    clock = clock_of(today)
    # Who only takes in or shows pages is given answers that answer nothing: nobody is heard there either.
    model = open_model(settings, clock) if answerer is None else None
    aside = answerer or open_answers_aside(settings, model)
    database()
    house = open_house(settings, aside, model, offices=open_offices(), trades=open_trades(settings))
    return Program(settings, clock, house, Dialogue(house), model)


def desk_app(whole: Program) -> Any:
    """The counsellors' pages as an ASGI application."""
    from django.core.asgi import get_asgi_application

    from bot.dashboard.desk import Desk, install
    from bot.storage.notifier import DeskNotifier
    from bot.storage.stores import DjangoDemandeStore

    settings, house = whole.settings, whole.house
    passages = Passages(settings.knowledge_dir)
    install(
        Desk(
            words=house.words,
            organismes=house.organismes,
            regles=house.regles,
            router=house.router,
            formats=house.formats,
            store=DjangoDemandeStore(),
            notifier=DeskNotifier(whole.conversation, whole.clock),
            clock=whole.clock,
            passages=passages,
            broken=lambda: passages.broken,
            echeances=lambda: _yearly(settings.knowledge_dir),
            index=settings.data_dir / "index",
            public_url=settings.public_url,
            retention_close_jours=settings.retention_close_jours,
            email_from=settings.email_from,
            trades=house.trades,
            oidc=_provider(settings),
        )
    )
    return get_asgi_application()


def _provider(settings: Settings) -> Any:
    """The outside provider of accounts, or None where none is set."""
    from bot.dashboard.oidc import Provider

    if not settings.oidc_issuer:
        return None
    secret = settings.oidc_client_secret.get_secret_value()
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_name, settings.oidc_scopes)


def _yearly(knowledge: Path) -> tuple[Echeance, ...]:
    """The yearly data as the file says now; nothing where it is broken, which `knowledge check` tells."""
    try:
        return load_echeances(knowledge)
    except BotError as error:
        _log.error("echeances.yaml is not read: %s", error)
        return ()


class Passages:
    """The passages as the files are now, read again when one changes; the last good ones where a file is broken."""

    def __init__(self, knowledge: Path) -> None:
        self._knowledge = knowledge
        self._stamp: tuple[tuple[str, float], ...] = ()
        self._known: Mapping[str, Passage] = {}
        self.broken = ""
        """The first fault of the files as they are now; empty where there is none."""

    def __call__(self) -> Mapping[str, Passage]:
        """As the desk calls it."""
        stamp = tuple((file.name, _touched(file)) for file in sorted((self._knowledge / "fiches").glob("*.md")))
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._known = {one.ref: one for fiche in load_fiches(self._knowledge) for one in fiche.passages}
                self.broken = ""
            except (BotError, OSError, ValueError) as error:
                lines = str(error).splitlines() or [type(error).__name__]
                # What is wrong with a fiche comes first: other files may only miss what it no longer says.
                self.broken = next((line for line in lines if ".md" in line), lines[0]).strip()
                _log.error("the desk shows the last good fiches: %s", self.broken)
        return self._known


def _touched(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
