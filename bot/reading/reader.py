"""The reader: which module reads which field, numbered choices first, sensitive data before anything."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.champs import Champ, Kind, of_kind
from bot.domain.places import Commune
from bot.reading import numbers, sensitive, texts
from bot.reading.choices import numbered, objectives, precautions, situations, yes_no
from bot.reading.dates import births, past, periods, single
from bot.reading.hours import week
from bot.reading.names import contacts
from bot.reading.names.place import Places, read_place
from bot.reading.names.trades import Named, Trades, read_trade
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain, visible
from bot.reading.spoken import Words
from bot.reading.story.extractor import Extractor
from bot.reading.tiles.laying import Layer
from bot.reading.tiles.told import Told, Waiting, told_by

CONTRACT = (
    "date_debut", "date_fin", "periode", "date_naissance", "siret", "telephone", "email", "code_postal", "horaires",
    "objectif", "oui_non", "metier", "texte_libre",
)  # fmt: skip
"""The fields that `read` documents."""

_DATED = of_kind(Kind.DATE)
_CLOSED = of_kind(Kind.CHOICE)
_AS_SHOWN = frozenset({Kind.HOURS, Kind.YES_NO})
"""Read from the words of a button, not from its value."""
LONGEST = 6000

Read = Callable[[str, ReadContext], Reading]


class FieldReader:
    """The `Reader` of the dialogue, over plain mappings of communes and trades."""

    def __init__(
        self,
        places: Mapping[str, tuple[Commune, ...]],
        trades: Mapping[str, tuple[str, ...]],
        is_order: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.places = Places(places, is_order)
        self.trades = Trades(trades)
        self._extractor = Extractor(self.places, self.trades)
        self._layer: Layer | None = None
        self._last: tuple[str, ReadContext, Mapping[Champ, Reading]] | None = None
        self._readers: dict[str, Read] = {
            "date_debut": self._start,
            "date_fin": self._end,
            "periode": periods.read_period,
            "date_naissance": births.read_birth,
            "contrat_debut": lambda text, ctx: single.read_contract_day("contrat_debut", text, ctx),
            "contrat_fin": lambda text, ctx: single.read_contract_day("contrat_fin", text, ctx),
            "accueil_debut": lambda text, ctx: past.read_past_day("accueil_debut", text, ctx),
            "accueil_fin": lambda text, ctx: past.read_past_day("accueil_fin", text, ctx),
            "siret": numbers.read_siret,
            "telephone": contacts.read_phone,
            "email": contacts.read_email,
            "code_postal": self._postcode,
            "horaires": week.read_hours,
            "objectif": objectives.read_objective,
            "oui_non": yes_no.read_yes_no,
            "oui_non_inconnu": precautions.read_if_known,
            "precautions": precautions.read_precautions,
            "suivi_par": situations.read_body,
            "situation": situations.read_situation,
            "handicap": situations.read_handicap,
            "metier": self._trade,
            "commune": self._place,
            "lieu": self._place,
            "texte_libre": texts.read_text,
        }

    def knows_trade(self, text: str) -> bool:
        """Whether the text is the name of a trade, as it stands."""
        return self.trades.knows(text)

    def trades_in(self, text: str) -> tuple[Named, ...]:
        """The trades that a sentence names, in the order of its plain words."""
        return self.trades.inside(plain(text))

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field this reader knows."""
        return tuple(self._readers)

    def read(self, field: str, text: str, ctx: ReadContext) -> Reading:
        """The reading of one field; `field` is one of `fields` (KeyError otherwise)."""
        reader = self._readers[field]
        if field == "texte_libre" and not ctx.choices:
            return reader(text, ctx)
        shown = visible(text[:LONGEST])
        if not shown:
            return Rejected("vide")
        chosen = self._chosen(field, shown, ctx)
        return reader(shown, ctx) if chosen is None else chosen

    def _chosen(self, field: str, text: str, ctx: ReadContext) -> Reading | None:
        """A numbered choice taken; the law still judges a date that was offered."""
        place = numbered.numbered(text, ctx.choices)
        if isinstance(place, Ask):
            return place
        if place is None:
            bare = text.strip()
            outside = field in _CLOSED and ctx.choices and bare.isdecimal()
            return Rejected("choix.hors_liste", {"nombre": str(len(ctx.choices))}) if outside else None
        value = ctx.choices[place]
        if field in _DATED or field in _AS_SHOWN:
            return self._readers[field](value, replace(ctx, choices=()))
        return Value(value)

    def extract(self, text: str, ctx: ReadContext) -> Mapping[Champ, Reading]:
        """Every field that a free text clearly states; what is doubtful comes as a question."""
        last = self._last
        if last is None or last[0] != text or last[1] != ctx:
            # One turn asks for the same story several times: what it said the first time is said again.
            last = self._last = (text, ctx, self._extractor.extract(text, ctx))
        return last[2]

    def told(self, text: str, ctx: ReadContext, words: Words, asked: str, asks: Callable[[str], bool]) -> Told:
        """What a message says where it is understood whole; `asked`: the question that waits, `asks`: what asks itself."""
        if self._layer is None or self._layer.words is not words:
            self._layer = Layer(self.places, self.trades, words)
        return told_by(self._layer.lay(text, ctx.today.year), words, Waiting(asked, ctx.answers, asks))

    def sensitive(self, text: str, ctx: ReadContext) -> str:
        """The category of data that must not be kept, or an empty string."""
        return sensitive.category(text, ctx)

    def _start(self, text: str, ctx: ReadContext) -> Reading:
        return periods.read_edge("date_debut", text, ctx) or single.read_day("date_debut", text, ctx)

    def _end(self, text: str, ctx: ReadContext) -> Reading:
        found = periods.read_edge("date_fin", text, ctx) or periods.read_end(text, ctx)
        return found or single.read_day("date_fin", text, ctx)

    def _postcode(self, text: str, ctx: ReadContext) -> Reading:
        codes: tuple[str, ...] = ()
        place = None if re.search(r"\d{4}", text) else read_place(text, ctx, self.places)
        if isinstance(place, Value) and isinstance(place.value, dict):
            code = place.value.get("code_postal")
            codes = (code,) if isinstance(code, str) else ("", "")
        elif isinstance(place, Ask) and place.code in {"lieu.homonymes", "lieu.faute"}:
            codes = ("", "")
        return numbers.read_postcode(text, ctx, codes)

    def _place(self, text: str, ctx: ReadContext) -> Reading:
        return read_place(text, ctx, self.places)

    def _trade(self, text: str, ctx: ReadContext) -> Reading:
        return (
            Rejected("texte.sante") if sensitive.category(text, ctx) == "sante" else read_trade(text, ctx, self.trades)
        )
