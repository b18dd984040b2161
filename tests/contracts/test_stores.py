"""What a store promises, whatever it is made of: memory, SQLite, a real PostgreSQL."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import casework
from bot.domain.demande import Changement, Demande, Evenement, Role, Statut
from bot.domain.session import Session, SlotValue
from bot.errors import ConflictError
from bot.storage.stores import DjangoDemandeStore, DjangoSessionStore
from tests.contracts.memory import MemoryDemandeStore, MemorySessionStore

AT = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def sessions(clean):
    return MemorySessionStore() if clean == "memory" else DjangoSessionStore()


@pytest.fixture
def demandes(clean):
    return MemoryDemandeStore() if clean == "memory" else DjangoDemandeStore()


def demande(number=1, **fields):
    sent = Evenement(AT, Role.PERSONNE, "envoyee")
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, str(number)))
    given = {
        "id": identifier,
        "numero": f"2026-{number:06d}",
        "chat": 7,
        "organisme": "mission-locale",
        "envoyee_le": AT,
        "evenements": (sent,),
        "orientation": {"regle": "R-07", "missing": ["age"]},
        "answers": {
            "prenom": "Zoé",
            "nom": "D'Œuvre",
            "metier": "boulanger",
            "date_debut": "2026-04-06",
            "lieu": {"nom": "Lyon", "code_postal": None, "departement": "69"},
            "rsa": False,
        },
    }
    return Demande(**(given | fields))


def test_a_session_comes_back_as_it_was(sessions):
    session = Session(
        chat=-(2**40),
        version=3,
        opened=True,
        updated_at=AT,
        skipped=frozenset({"urgence"}),
        answers={"metier": SlotValue("boulanger « d'à côté » 🥖", AT, 12), "lieu": SlotValue({"nom": "Lyon"}, AT)},
        memory={"token": "x", "history": ["c'est payé ?"], "propose": {"champ": "metier", "valeurs": [["a", 1.5]]}},
    )
    sessions.save(session)
    assert sessions.load(session.chat) == session
    assert sessions.load(1) is None


def test_saving_again_replaces_and_touches_nobody_else(sessions):
    sessions.save(Session(chat=1, version=1))
    sessions.save(Session(chat=2, version=1))
    sessions.save(Session(chat=1, version=2))
    assert sessions.load(1).version == 2
    assert sessions.load(2).version == 1


def test_a_forgotten_session_is_gone_and_forgetting_twice_is_quiet(sessions):
    sessions.save(Session(chat=1))
    sessions.delete(1)
    sessions.delete(1)
    assert sessions.load(1) is None


def test_a_demande_comes_back_as_it_was_with_its_events(demandes):
    assert demandes.add(demande()) is True
    assert demandes.get(demande().id) == demande()
    assert demandes.get(str(uuid.uuid4())) is None


def test_the_same_id_is_stored_once_and_the_first_stays(demandes):
    demandes.add(demande())
    assert demandes.add(demande(answers={"metier": "autre"})) is False
    assert demandes.get(demande().id) == demande()


def test_saving_replaces_the_fields_and_appends_the_events(demandes):
    demandes.add(demande())
    taken = casework.change_status(demande(), Statut.PRISE_EN_CHARGE, role=Role.CONSEILLER, auteur="alice", at=AT)
    change = [Changement("metier", None, "pâtissier"), Changement("rsa", False, None)]
    amended = casework.amend(taken, change, auteur="alice", at=AT + timedelta(minutes=1))
    demandes.save(amended)
    demandes.save(amended)
    assert demandes.get(amended.id) == amended
    assert [event.quoi for event in demandes.get(amended.id).evenements] == ["envoyee", "statut", "modifiee"]


def test_two_people_acting_on_the_same_reading_do_not_overwrite_each_other(demandes):
    demandes.add(demande())
    first = casework.annotate(demande(), "je la prends", auteur="alice", at=AT)
    second = casework.annotate(demande(), "moi aussi", auteur="bob", at=AT)
    demandes.save(first)
    with pytest.raises(ConflictError):
        demandes.save(second)
    assert demandes.get(first.id) == first


def test_an_event_is_never_edited_nor_taken_away(demandes):
    demandes.add(demande())
    noted = casework.annotate(demande(), "une note", auteur="alice", at=AT)
    demandes.save(noted)
    edited = replace(noted, evenements=(noted.evenements[0], replace(noted.evenements[1], motif="autre chose")))
    for tampered in (edited, replace(noted, evenements=())):
        with pytest.raises(ConflictError):
            demandes.save(tampered)
    assert demandes.get(noted.id) == noted


def test_an_act_is_applied_to_what_is_stored(demandes):
    demandes.add(demande())
    for note in ("un", "deux"):
        after = demandes.change(demande().id, lambda one, note=note: casework.annotate(one, note, auteur="a", at=AT))
    assert [event.motif for event in demandes.get(demande().id).evenements] == ["", "un", "deux"]
    assert after == demandes.get(demande().id)
    with pytest.raises(ConflictError):
        demandes.change(str(uuid.uuid4()), lambda one: one)


def test_saving_what_was_never_stored_is_refused(demandes):
    with pytest.raises(ConflictError):
        demandes.save(demande())


def test_one_person_s_demandes_come_oldest_first_and_nobody_else_s(demandes):
    for number, days in ((1, 2), (2, 0), (3, 1)):
        demandes.add(demande(number, envoyee_le=AT + timedelta(days=days)))
    demandes.add(demande(4, chat=8))
    assert [one.numero for one in demandes.of_chat(7)] == ["2026-000002", "2026-000003", "2026-000001"]


def test_one_body_s_demandes_come_newest_first_and_no_other_s(demandes):
    for number, days in ((1, 2), (2, 0), (3, 1)):
        demandes.add(demande(number, envoyee_le=AT + timedelta(days=days)))
    demandes.add(demande(4, organisme="cap-emploi"))
    assert [one.numero for one in demandes.of_organisme("mission-locale")] == [
        "2026-000001",
        "2026-000003",
        "2026-000002",
    ]


def test_an_erased_demande_is_gone_and_erasing_twice_is_quiet(demandes):
    demandes.add(demande())
    demandes.delete(demande().id)
    demandes.delete(demande().id)
    assert demandes.get(demande().id) is None
    assert demandes.of_chat(7) == []
