"""Random complete requests, and what must be true of every document made of one."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import jsonschema
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.content.appellations import read_appellations
from bot.content.organismes import load_organismes
from bot.convention.draft import convention_draft
from bot.convention.link import address, departement, official, parse_link, prefilled_link, siret
from bot.convention.pdf import demande_pdf
from bot.convention.sheet import value_text
from bot.domain.champs import FIELDS, IF_KNOWN, Champ, Kind, of_kind
from bot.domain.controles import controler
from bot.domain.demande import Demande
from bot.domain.orientation import Situation, SuiviPar
from bot.trade_search import TradeIndex
from tests.domain.cas import FORMATS, ROOT, TODAY, regles, words

SCHEMA = json.loads((Path(__file__).parent / "draft.schema.json").read_text(encoding="utf-8"))
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèêëàâçîïôùûüœæÉÈÀÇŒ0123456789"
HOSTILE = " '’-.,;:!?()«»\"#$*_<>\\`@[]{}~/&%=+|^€…–\n\t"
SPACES = re.compile(r"[\s\u200b]+")
BODIES = ("france-travail", "mission-locale", "cap-emploi", "conseil-departemental", "structure-iae", "operateur-cep")
LISTED = read_appellations([ROOT / "tests/content/appellations.csv"])
TRADES = TradeIndex(LISTED)

words_of = st.text(LETTERS + HOSTILE, min_size=1, max_size=120).filter(lambda text: text.strip(HOSTILE))
name = st.text(LETTERS + " '’-", min_size=1, max_size=40).filter(lambda text: text.strip(" '’-"))
digits = st.text("0123456789", min_size=14, max_size=14)
phone = st.text("0123456789", min_size=8, max_size=8).map(lambda tail: f"+336{tail}")
email = st.text("abcdefghij.", min_size=3, max_size=20).filter(lambda text: text[0] != "." != text[-1]).map(
    lambda who: f"{who}@exemple.fr"
)  # fmt: skip
place = st.builds(
    lambda nom, code: {"nom": nom, "code_postal": f"{code}000", "departement": code},
    name, st.sampled_from(["01", "57", "68", "69", "75", "93"]),
)  # fmt: skip
hours = st.builds(
    lambda names, slots: {
        "heures_semaine": 6.5 * len(names),
        "jours": names,
        "plages": slots,
    },
    st.lists(st.sampled_from(["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"]), min_size=1, unique=True),
    st.sampled_from([[["09:00", "12:00"], ["13:00", "16:30"]], [["07:30", "14:00"]], [["22:00", "04:30"]]]),
)


@st.composite
def answers(draw):
    """Every field, or nearly."""
    start = TODAY + timedelta(days=draw(st.integers(1, 300)))
    known = {
        Champ.SUIVI_PAR: draw(st.sampled_from([one.value for one in SuiviPar])),
        Champ.SITUATION: draw(st.sampled_from([one.value for one in Situation])),
        Champ.HANDICAP: draw(st.sampled_from(["oui", "non", "non-precise"])),
        Champ.OBJECTIF: draw(st.sampled_from(["decouvrir", "confirmer", "recrutement"])),
        Champ.DATE_NAISSANCE: date(draw(st.integers(1950, 2010)), draw(st.integers(1, 12)), 15).isoformat(),
        Champ.DATE_DEBUT: start.isoformat(),
        Champ.DATE_FIN: (start + timedelta(days=draw(st.integers(0, 45)))).isoformat(),
        Champ.CONTRAT_DEBUT: date(2026, draw(st.integers(1, 12)), 1).isoformat(),
        Champ.CONTRAT_FIN: date(2027, draw(st.integers(1, 12)), 28).isoformat(),
        Champ.COMMUNE: draw(place),
        Champ.LIEU: draw(place),
        Champ.HORAIRES: draw(hours),
        Champ.ADRESSE: f"{draw(st.integers(1, 99))} rue {draw(name)}, 69500 {draw(name)}",
        Champ.ACTIVITES: draw(words_of) * draw(st.integers(1, 16)),
    }
    trade = draw(st.sampled_from(LISTED))
    known |= {Champ.APPELLATION: trade.libelle, Champ.APPELLATION_CODE: trade.code}
    known |= {Champ.BUREAU: f"Mission locale {draw(name)}", Champ.BUREAU_ID: f"mission-locale:{draw(digits)}"}
    drawn = {
        Kind.YES_NO: st.booleans(), Kind.EMAIL: email, Kind.PHONE: phone, Kind.SIRET: digits,
        Kind.IF_KNOWN: st.sampled_from(IF_KNOWN), Kind.DATE: st.dates(date(2026, 1, 1), TODAY).map(str),
    }  # fmt: skip
    known |= {row.champ: draw(drawn[row.kind]) for row in FIELDS if row.kind in drawn and row.champ not in known}
    known |= {champ: draw(name if champ in NAMES else words_of) for champ in Champ if champ not in known}
    left_out = draw(st.sets(st.sampled_from([champ for champ in Champ if champ not in KEPT]), max_size=6))
    return {champ.value: value for champ, value in known.items() if champ not in left_out}


NAMES = of_kind(Kind.NAME) | {Champ.TUTEUR, Champ.SIGNATAIRE}
KEPT = {Champ.PRENOM, Champ.NOM, Champ.SIGNATAIRE, Champ.DATE_NAISSANCE, Champ.DATE_DEBUT, Champ.DATE_FIN}

demandes = st.builds(
    lambda known, body, identifier: Demande(
        id=str(identifier),
        numero="2026-ABC234",
        chat=1,
        organisme=body,
        answers=known,
        envoyee_le=datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
        orientation={"motif_conseiller": "Suivi par ce réseau, prescripteur de droit."},
    ),
    answers(),
    st.sampled_from(BODIES),
    st.uuids(version=4),
)


@lru_cache(maxsize=1)
def organismes():
    return load_organismes(ROOT / "knowledge")


def checked(demande):
    return controler(demande.answers, today=TODAY, regles=regles(), holidays=FORMATS.holidays)


def made_pdf(demande):
    return demande_pdf(demande, organismes()[demande.organisme], checked(demande), words())


def text_of(pdf: bytes) -> str:
    """The text of the page, without any space: where lines break is the layout's business."""
    return SPACES.sub("", PdfReader(io.BytesIO(pdf)).pages[0].extract_text())


def check_pdf(demande) -> None:
    """Opens, one page, every filled field in it."""
    pdf = made_pdf(demande)
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    text = text_of(pdf)
    for champ, value in demande.answers.items():
        if value == IF_KNOWN[-1] or champ in of_kind(Kind.CODE):
            continue  # left to be completed by hand; or the code of a name that is there
        shown = SPACES.sub("", value_text(words(), Champ(champ), value))
        assert shown
        assert shown in text, (champ, value)


def check_draft(demande) -> None:
    """Passes the schema, the chosen trade in it by its codes, and nothing empty is sent."""
    kind = organismes()[demande.organisme].agency_kind
    for appellation in {None, official(demande.answers, TRADES)}:
        draft = convention_draft(demande, kind, appellation=appellation)
        jsonschema.validate(json.loads(json.dumps(draft)), SCHEMA, cls=jsonschema.Draft202012Validator)
        told = draft["conventionDraft"]
        assert told["agencyKind"] == kind
        assert told["signatories"]["establishmentRepresentative"]["firstName"]
        assert told["dateStart"] == demande.answers["date_debut"]
        assert appellation is None or told["immersionAppellation"] == codes_of(demande)


def codes_of(demande):
    """The four values that the platform wants of the trade that was chosen; nothing where none was."""
    chosen = next((one for one in LISTED if one.code == demande.answers.get("appellation_code")), None)
    return chosen and {
        "romeCode": chosen.code_rome, "romeLabel": chosen.libelle_rome or chosen.libelle,
        "appellationCode": chosen.code, "appellationLabel": chosen.libelle,
    }  # fmt: skip


def check_link(demande) -> None:
    """Parses back to the same values, the trade's codes among them; no `+`, and nothing of the person."""
    kind = organismes()[demande.organisme].agency_kind
    link = prefilled_link(demande.answers, agency_kind=kind, appellation=official(demande.answers, TRADES))
    assert "+" not in link
    read = parse_link(link)
    expected = {
        "skipIntro": "true",
        "agencyDepartment": departement(demande.answers),
        "agencyKind": kind,
        "siret": siret(demande.answers),
        "immersionAddress": address(demande.answers),
        "immersionAppellation": codes_of(demande),
    }
    assert {key: value for key, value in read.items() if not key.startswith("mtm_")} == {
        key: value for key, value in expected.items() if value
    }
    for champ in ("email", "telephone", "representant_email", "date_naissance", "tuteur_email"):
        value = demande.answers.get(champ)
        assert not value or value not in link
