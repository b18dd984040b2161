"""A small office: two bodies, their people, and demandes as persons send them."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.content.fiches import load_fiches
from bot.content.organismes import load_organismes
from bot.content.orientation import load_router
from bot.content.regles import load_regles
from bot.content.wording import load_wording
from bot.conversation.dialogue import Dialogue
from bot.dashboard.accounts import create_member
from bot.dashboard.desk import Desk, install
from bot.domain.demande import Demande, Evenement, Role
from bot.formats import LibraryFormats
from bot.storage.notifier import DeskNotifier
from bot.storage.stores import DjangoDemandeStore
from tests.conversation.fakes import house

ROOT = Path(__file__).resolve().parents[2]
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
PASSWORD = "trois chevaux verts 42"
ROLES = ("lecture", "conseiller", "valideur", "responsable")


@dataclass
class TestClock:
    """A clock that a test moves."""

    __test__ = False

    at: datetime = NOW

    def now(self):
        return self.at

    def later(self, **delta):
        self.at += timedelta(**delta)


@lru_cache(maxsize=1)
def content():
    """The real content, read once for every test."""
    knowledge = ROOT / "knowledge"
    passages = {one.ref: one for fiche in load_fiches(knowledge) for one in fiche.passages}
    return Desk(
        words=load_wording(ROOT / "prompts"),
        organismes=load_organismes(knowledge),
        regles=load_regles(knowledge),
        router=load_router(knowledge),
        formats=LibraryFormats(),
        store=DjangoDemandeStore(),
        notifier=DeskNotifier(Dialogue(house()), TestClock()),
        clock=TestClock(),
        passages=lambda: passages,
        index=Path("nowhere"),
    )


def opened(clock, index=Path("nowhere"), **options):
    """A desk on the real content, installed for the process."""
    desk = replace(content(), clock=clock, index=index, notifier=DeskNotifier(Dialogue(house()), clock), **options)
    install(desk)
    return desk


def answers(**changes):
    """A complete request of an adult."""
    known = {
        "suivi_par": "mission-locale",
        "situation": "demandeur-emploi",
        "date_naissance": "2004-05-14",
        "commune": {"nom": "Villeurbanne", "code_postal": "69100", "departement": "69"},
        "handicap": "non",
        "objectif": "decouvrir",
        "metier": "Boulanger",
        "hote_connu": True,
        "entreprise": "Boulangerie Exemple",
        "siret": "73282932000074",
        "adresse": "12 rue de la Paix 69100 Villeurbanne",
        "tuteur": "Alain Tuteur, boulanger",
        "tuteur_email": "tuteur@exemple.fr",
        "tuteur_telephone": "+33478000001",
        "date_debut": "2026-12-07",
        "date_fin": "2026-12-11",
        "horaires": {"heures_semaine": 35, "jours": ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
                     "plages": [["08:00", "12:00"], ["13:00", "16:00"]]},
        "activites": "Voir la fabrication du pain",
        "prenom": "Lina",
        "nom": "Durand",
        "email": "lina.durand@exemple.fr",
        "telephone": "+33612345678",
        "consentement": True,
    }  # fmt: skip
    return {key: value for key, value in {**known, **changes}.items() if value is not None}


def sent(number=1, organisme="mission-locale", at=NOW, chat=None, **changes):
    """A demande, stored as the bot stores it."""
    demande = Demande(
        id=str(uuid.UUID(int=0xD0000000000040008000000000000000 + number)),
        numero=f"2026-T{number:05d}",
        chat=chat if chat is not None else 1000 + number,
        organisme=organisme,
        answers=answers(**changes),
        envoyee_le=at - timedelta(days=1),
        orientation={
            "regle": "R-01",
            "motif": "La mission locale vous suit déjà.",
            "motif_conseiller": "Suivi déclaré par la personne.",
            "alternatives": [{"organisme": "france-travail", "motif": "s'il est aussi inscrit"}],
            "missing": ["rsa"],
        },
        evenements=(Evenement(at - timedelta(days=1), Role.PERSONNE, "envoyee"),),
    )
    assert DjangoDemandeStore().add(demande)
    return demande


def member(role, organisme="mission-locale", name=""):
    """A person of a body, with the password of every test."""
    name = name or f"{organisme}.{role}"
    return create_member(name, f"{name}@exemple.fr", PASSWORD, organisme, role, at=NOW)


def signed_in(client, user):
    """The client, signed in as after the sign-in page."""
    client.force_login(user)
    session = client.session
    session.update({"entree": NOW.isoformat(), "vue": NOW.isoformat()})
    session.save()
    return client


def born(years, day=date(2026, 12, 7)):
    """A birth date that makes somebody this old on the day."""
    return day.replace(year=day.year - years).isoformat()
