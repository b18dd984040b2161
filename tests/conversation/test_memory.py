"""What is remembered is one typed value: nothing is lost in its stored form, of this version or of an earlier one."""

import json
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from bot.conversation.memory import (
    Album,
    CanI,
    Changes,
    Choosing,
    Completing,
    Confirming,
    Editing,
    Memory,
    Misread,
    Nothing,
    Pace,
    Parked,
    Sent,
    What,
)
from bot.conversation.recollection import memory_from_json, memory_to_json
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import UserMessage
from bot.domain.session import session_from_json, session_to_json
from tests.conversation.fakes import NOW, Person, at

PERIOD = {"date_debut": "2026-03-03", "date_fin": "2026-03-14"}

STORED = [
    ("confirm", {"kind": "effacer"}, Memory(focus=Confirming(What.ERASE))),
    ("confirm", {"kind": "annuler"}, Memory(focus=Confirming(What.STOP))),
    ("confirm", {"kind": "recommencer"}, Memory(focus=Confirming(What.RESTART))),
    ("confirm", {"kind": "doublon"}, Memory(focus=Confirming(What.SEND_TWIN))),
    ("confirm", {"kind": "humain"}, Memory(focus=Confirming(What.PERSON))),
    ("confirm", {"kind": "autre"}, Memory(focus=Confirming(What.ANOTHER))),
    ("confirm", {"kind": "retirer", "demande": "d-1"}, Memory(focus=Confirming(What.WITHDRAW, demande="d-1"))),
    ("confirm", {"kind": "transfere", "texte": "à Bron"}, Memory(focus=Confirming(What.FORWARDED, text="à Bron"))),
    (
        "propose",
        {"champ": "date_debut", "valeurs": [["du 3 au 14 mars", PERIOD]], "phrase": "Ces dates ?"},
        Memory(focus=Choosing(Champ.DATE_DEBUT, (("du 3 au 14 mars", PERIOD),), "Ces dates ?")),
    ),
    ("edit", "metier", Memory(course=Editing("metier"))),
    ("puisje", True, Memory(course=CanI())),
    ("complete", "d-1", Memory(completing=Completing("d-1"))),
    ("vu", True, Memory(introduced=True)),
    ("urgent", True, Memory(urgent=True)),
    ("alerte", True, Memory(alarmed=True)),
    ("retenu", {"rsa": False}, Memory(unheard={Champ.RSA: False})),
    ("token", "2026-02-10:3", Memory(token="2026-02-10:3")),
    ("relu", 0, Memory(reviewed=0)),
    ("numeros", True, Memory(numbered=True)),
    ("boutons", [["Oui", "rsa:oui:4"]], Memory(shown=(("Oui", "rsa:oui:4"),))),
    ("fails", {"step": "siret", "n": 2, "code": "siret.cle"}, Memory(misread=Misread("siret", 2, "siret.cle"))),
    ("undo", {"metier": "boulanger", "siret": None}, Memory(undo={Champ.METIER: "boulanger", Champ.SIRET: None})),
    ("last", ["prenom", "nom"], Memory(last=(Champ.PRENOM, Champ.NOM))),
    ("age", "17", Memory(age_said="17")),
    ("duree", "2 semaines", Memory(length_said="2 semaines")),
    ("danger", "suicide", Memory(danger="suicide")),
    ("attend", {"metier": "plombier"}, Memory(waiting={Champ.METIER: "plombier"})),
    ("partiel", "lundi et mardi", Memory(hours_begun="lundi et mardi")),
    (
        "garde",
        {"answers": {"metier": {"value": "boulanger"}}, "skipped": ["siret"], "token": "t"},
        Memory(parked=Parked({Champ.METIER: "boulanger"}, ("siret",), "t")),
    ),
    ("sent", {"id": "d-1", "numero": "2026-ABCD"}, Memory(sent=Sent("d-1", "2026-ABCD"))),
    ("history", ["c'est payé ?"], Memory(history=("c'est payé ?",))),
    ("answered", ["remuneration#0"], Memory(answered=("remuneration#0",))),
    ("insultes", 2, Memory(insults=2)),
    ("rythme", {"minute": "202602101000", "n": 3, "q": 1}, Memory(pace=Pace("202602101000", 3, 1))),
    (
        "album",
        {"id": "a", "le": "2026-02-10T10:00:00+00:00"},
        Memory(album=Album("a", datetime(2026, 2, 10, 10, tzinfo=UTC))),
    ),
    ("rappels", True, Memory(reminders=True)),
    ("rappels", False, Memory(reminders=False)),
    ("rappeles", ["veille:d-1"], Memory(reminded=("veille:d-1",))),
    ("porte", "mission-locale", Memory(door="mission-locale")),
    ("faits", ["contacter:d-1"], Memory(done=("contacter:d-1",))),
    ("bureau", "mission-locale:a1", Memory(office="mission-locale:a1")),
]
"""Every key that a session stored before the memory was typed, with a value that the program of then wrote."""

TOGETHER = [
    ({"edit": "metier", "puisje": True}, Memory(course=Editing("metier", CanI()))),
    (
        {"complete": "d-1", "wanted": ["siret"], "edit": "metier", "confirm": {"kind": "annuler"}},
        Memory(Confirming(What.STOP), Editing("metier"), Completing("d-1", (Champ.SIRET,))),
    ),
]
"""What may be remembered at once."""


@pytest.mark.parametrize(("key", "value", "memory"), STORED, ids=[f"{key}-{at}" for at, (key, *_) in enumerate(STORED)])
def test_a_conversation_of_an_earlier_version_goes_on_where_it_was(key, value, memory):
    assert memory_from_json({key: value}) == memory
    assert json.loads(json.dumps(memory_to_json(memory))) == {key: value}


@pytest.mark.parametrize(("stored", "memory"), TOGETHER)
def test_what_lives_together_is_read_and_written_together(stored, memory):
    assert memory_from_json(stored) == memory
    assert memory_from_json(memory_to_json(memory)) == memory


def test_every_field_of_the_memory_has_a_stored_example():
    begun = Memory()
    shown = [memory for *_, memory in (*STORED, *TOGETHER)]
    named = {one.name for one in fields(Memory) if any(getattr(m, one.name) != getattr(begun, one.name) for m in shown)}
    assert named == {one.name for one in fields(Memory)}


def test_remember_takes_the_fields_of_the_memory():
    assert set(Changes.__annotations__) == {one.name for one in fields(Memory)}


@pytest.mark.parametrize("wrong", [None, 3, "x", [], [3], {}, {"kind": "x"}, {"champ": "x"}, {"le": "hier"}, [["a"]]])
@pytest.mark.parametrize("key", [*sorted({key for key, *_ in STORED}), "wanted", "asked", "suspendu"])
def test_a_stored_value_that_cannot_be_read_stops_nobody(key, wrong):
    memory = memory_from_json({key: wrong})
    assert memory_from_json(memory_to_json(memory)) == memory


def test_a_session_stored_before_and_one_stored_now_say_the_same():
    person = at("metier")
    stored = session_to_json(person.session)
    assert session_from_json(json.loads(json.dumps(stored))) == person.session
    before = {**stored, "memory": {**stored["memory"], "asked": "metier", "suspendu": False}}
    person.session = session_from_json(before)
    person.says("boulanger")
    assert person.slot(Champ.METIER) == "boulanger"


def test_a_confirmation_takes_the_place_of_the_values_offered():
    person = at("metier")
    scene = Scene(person.dialogue.house, person.session, person.dossier, NOW, UserMessage(42, NOW))
    scene.remember(focus=Choosing(Champ.METIER, (("boulanger", "boulanger"),), "Lequel ?"))
    scene.remember(focus=Confirming(What.ERASE))
    assert set(memory_to_json(scene.memory)) & {"confirm", "propose"} == {"confirm"}


def test_going_on_after_a_stop_comes_back_to_the_line_being_edited():
    person = at("contact")
    person.says("je veux changer le métier")
    assert person.asked == "metier"
    person.says("annuler")
    person.says("continuer")
    assert person.asked == "metier"


def test_a_line_edited_in_the_middle_of_can_i_comes_back_to_it():
    person = Person()
    person.says("puis-je en faire une ?")
    person.says("la mission locale")
    person.says("retour")
    assert person.asked == "suivi_par"
    person.says("france travail")
    assert memory_from_json(person.session.memory).course == CanI()


def test_nothing_waits_in_a_new_conversation():
    assert Memory().focus == Nothing()
    assert memory_to_json(Memory()) == {}
