"""Every effect of a turn is written with it, once."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from bot import casework
from bot.domain.demande import Changement, Demande, Evenement, Role, Statut
from bot.domain.session import Session, SlotValue
from bot.domain.turn import (
    ChangeDemande,
    CloseHandoff,
    CounsellorWrote,
    DeleteIncoming,
    EraseEverything,
    HandoffClosed,
    OpenHandoff,
    RecordFeedback,
    RecordGap,
    RecordIncident,
    RelayToCounsellor,
    SendDemande,
    StatutChanged,
    Turn,
    WithdrawDemande,
)
from bot.errors import ConflictError
from bot.storage.dossier import dossier_of
from bot.storage.effects import scrubbed
from bot.storage.models import (
    Compte,
    DemandeRow,
    EvenementRow,
    HandoffRow,
    Lacune,
    Outgoing,
    RelayedMessage,
    Trace,
    Update,
)
from bot.storage.notifier import DeskNotifier
from bot.storage.stores import DjangoDemandeStore, DjangoSessionStore
from tests.storage.conftest import APOLOGY, NOW

STORE = DjangoDemandeStore()


def demande(number=1, chat=7, **fields):
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, str(number)))
    given = {
        "id": identifier,
        "numero": f"2026-{number:06d}",
        "chat": chat,
        "organisme": "mission-locale",
        "envoyee_le": NOW,
        "evenements": (Evenement(NOW, Role.PERSONNE, "envoyee"),),
        "answers": {"prenom": "Zoé", "nom": "D'Œuvre", "metier": "boulanger", "date_debut": "2026-04-06"},
    }
    return Demande(**(given | fields))


def taken(one):
    return casework.change_status(one, Statut.PRISE_EN_CHARGE, role=Role.CONSEILLER, auteur="alice", at=NOW)


def counts():
    return {(row.quoi, row.categorie): row.nombre for row in Compte.objects.all()}


def test_a_sent_demande_is_stored_once_whatever_is_replayed(desk):
    desk.does(SendDemande(demande()))
    desk.does(SendDemande(demande(answers={"metier": "autre"})))
    assert [one.answers["metier"] for one in STORE.of_chat(7)] == ["boulanger"]
    assert EvenementRow.objects.count() == 1


def test_the_desk_finds_a_demande_by_what_it_searches(desk):
    place = {"nom": "Lyon", "code_postal": None, "departement": "69"}
    long = {"metier": "x" * 500, "email": f"{'a' * 300}@exemple.fr", "siret": "73282932000074", "lieu": place}
    desk.does(SendDemande(demande(answers={**demande().answers, **long})))
    row = DemandeRow.objects.get()
    assert (row.nom_recherche, row.siret, row.departement) == ("zoe d'œuvre", "73282932000074", "69")
    assert (len(row.metier), len(row.email), str(row.date_debut)) == (200, 254, "2026-04-06")


def test_two_demandes_with_the_same_reference_are_both_kept(desk):
    desk.does(SendDemande(demande(1, numero="2026-AAAAAA")))
    desk.does(SendDemande(demande(2, chat=8, numero="2026-AAAAAA")), chat=8)
    assert sorted(DemandeRow.objects.values_list("numero", flat=True)) == ["2026-AAAAAA", "2026-AAAAAA-2"]


def test_the_counsellor_sees_old_and_new_when_the_person_changes_a_demande(desk):
    STORE.add(demande())
    desk.does(ChangeDemande(demande().id, (Changement("metier", "menti", "pâtissier"),)))
    event = STORE.get(demande().id).evenements[-1]
    assert (event.auteur, event.changements) == ("personne", (Changement("metier", "boulanger", "pâtissier"),))
    assert STORE.get(demande().id).version == 2


def test_the_answer_to_a_request_for_change_completes_it(desk):
    asked = casework.change_status(
        taken(demande()),
        Statut.A_COMPLETER,
        role=Role.CONSEILLER,
        auteur="a",
        at=NOW,
        motif="x",
        a_completer=("siret",),
    )
    STORE.add(asked)
    desk.does(ChangeDemande(asked.id, (Changement("siret", None, "73282932000074"),), complete=True))
    assert STORE.get(asked.id).statut is Statut.COMPLETEE


def test_a_withdrawn_demande_is_cancelled_with_the_reason(desk):
    STORE.add(demande())
    desk.does(WithdrawDemande(demande().id, "plus le temps"))
    after = STORE.get(demande().id)
    assert (after.statut, after.evenements[-1].motif) == (Statut.ANNULEE, "plus le temps")


def test_nobody_acts_on_the_demande_of_another(desk):
    STORE.add(demande(chat=8))
    for effect in (
        WithdrawDemande(demande().id, "x"),
        ChangeDemande(demande().id, (Changement("metier", None, "x"),)),
        SendDemande(demande(2, chat=8)),
    ):
        Outgoing.objects.all().delete()
        desk.does(effect, chat=7)
        assert [row.body["reply"]["text"] for row in Outgoing.objects.all()] == [APOLOGY]
    assert STORE.of_chat(8) == [demande(chat=8)]


def test_a_change_on_a_demande_closed_meanwhile_is_taken_anew_not_lost(desk):
    """The desk refuses the demande between the reading and the writing of the turn."""
    STORE.add(demande())

    def script(session, _message, dossier):
        if dossier.demandes[0].statut is Statut.NOUVELLE:
            refused = casework.change_status(
                demande(), Statut.REFUSEE, role=Role.CONSEILLER, auteur="a", at=NOW, motif="complet"
            )
            STORE.save(refused)
            return Turn(session, (), (WithdrawDemande(demande().id, "x"),))
        return None

    desk.conversation.script = script
    desk.gets("je retire")
    desk.handles()
    assert STORE.get(demande().id).statut is Statut.REFUSEE
    assert [row.body["reply"]["text"] for row in Outgoing.objects.all()] == ["0:je retire"]


def test_erasing_leaves_the_taken_demandes_and_a_trace_without_content(desk):
    STORE.add(demande(1))
    STORE.add(taken(demande(2)))
    STORE.add(demande(3, chat=8))
    desk.does(OpenHandoff("mission-locale", brouillon={"metier": "boulanger"}))
    desk.gets("bonjour", chat=8)
    desk.handles(8)
    DjangoSessionStore().save(Session(7, version=3, answers={"metier": SlotValue("boulanger", NOW)}))

    def script(*_):
        return Turn(Session(7, version=4), (), (EraseEverything(),))

    desk.conversation.script = script
    desk.gets("efface tout")
    desk.handles()
    assert DjangoSessionStore().load(7) == Session(7, version=4)
    assert [one.id for one in STORE.of_chat(7)] == [demande(2).id]
    assert STORE.of_chat(8) == [demande(3, chat=8)]
    assert (HandoffRow.objects.count(), Outgoing.objects.filter(chat=7).count()) == (0, 0)
    assert Outgoing.objects.filter(chat=8).count() == 1
    assert list(Trace.objects.values_list("quoi", "auteur", "nombre")) == [("effacement", "personne", 1)]
    assert not Update.objects.exclude(payload={}).exists()


def test_what_was_written_after_asking_to_erase_is_still_answered(desk):
    desk.conversation.script = lambda session, message, _: (
        Turn(Session(7, version=9), (), (EraseEverything(),)) if message.text == "efface" else None
    )
    desk.gets("efface")
    desk.gets("bonjour")
    desk.handles()
    assert [row.body["reply"]["text"] for row in Outgoing.objects.all()] == ["0:bonjour"]


def test_a_message_that_must_not_stay_is_deleted_before_the_reply(desk):
    desk.does(DeleteIncoming(33))
    bodies = [row.body for row in Outgoing.objects.order_by("id")]
    assert bodies[0] == {"kind": "delete", "message_id": 33}
    assert bodies[1]["kind"] == "reply"


def test_incidents_are_counted_by_day_in_paris_and_category(desk):
    desk.does(RecordIncident("nir"))
    desk.does(RecordIncident("nir"))
    desk.does(RecordIncident("suicide"))
    assert counts() == {("incident", "nir"): 2, ("incident", "suicide"): 1}
    desk.clock.at = NOW.replace(hour=23, minute=59)
    desk.does(RecordIncident("nir"))
    desk.clock.later(minutes=2)
    desk.does(RecordIncident("nir"))
    rows = Compte.objects.filter(categorie="nir").order_by("jour").values_list("jour", "nombre")
    assert list(rows) == [(NOW.date(), 3), (NOW.date() + timedelta(days=1), 1)]


def test_a_gap_is_kept_without_what_names_a_person(desk):
    desk.does(RecordGap("je suis lea@exemple.fr, 06 12 34 56 78, 2 99 05 2A 123 456 78, je dors où ?", "not_in_base"))
    gap = Lacune.objects.get()
    assert gap.raison == "not_in_base"
    assert gap.question.startswith("je suis […]")
    assert gap.question.endswith("je dors où ?")
    assert not any(char.isdigit() for char in gap.question)
    assert counts() == {("refus", "not_in_base"): 1}


def test_the_name_somebody_gives_is_scrubbed():
    assert scrubbed("je m'appelle Léa Martin, je dors où ?") == "je m'appelle […], je dors où ?"
    assert scrubbed("mon nom est martin et je dors où ?") == "mon nom est […] et je dors où ?"


def test_scrubbing_keeps_years_and_articles():
    for kept in ("l'article L5135-2 en 2026 ?", "du 3 au 14 mars 2026", "2 mois ou 30 jours ?"):
        assert scrubbed(kept) == kept


def test_feedback_is_counted_and_a_thumb_down_names_its_passages(desk):
    desk.does(RecordFeedback(("duree#un-mois",), utile=True))
    desk.does(RecordFeedback(("duree#un-mois",), utile=False, raison="faux"))
    assert counts() == {("avis", "utile"): 1, ("avis", "inutile faux"): 1}
    assert list(Lacune.objects.values_list("raison", "passages", "question")) == [("avis faux", ["duree#un-mois"], "")]


def test_asking_twice_for_a_person_is_one_line_in_the_queue(desk):
    desk.does(OpenHandoff("mission-locale"))
    desk.does(OpenHandoff("mission-locale", urgent=True, brouillon={"metier": "boulanger"}))
    row = HandoffRow.objects.get()
    assert (row.urgent, row.brouillon, row.closed_at) == (True, {"metier": "boulanger"}, None)
    assert dossier_of(7).handoff.organisme == "mission-locale"
    assert dossier_of(7).handoff.opened_at.tzinfo.key == "Europe/Paris"
    desk.does(RelayToCounsellor("merci de me rappeler"))
    assert list(row.messages.values_list("auteur", "texte")) == [("personne", "merci de me rappeler")]
    desk.does(CloseHandoff())
    assert dossier_of(7).handoff is None


def test_the_desk_speaks_through_the_conversation_and_delivery_is_tied_to_the_words(desk):
    STORE.add(demande())
    notifier = DeskNotifier(desk.conversation, desk.clock)
    notifier.tell(7, CounsellorWrote("Bonjour", "mission-locale", demande().id), auteur="alice")
    notifier.tell(7, StatutChanged(taken(demande())))
    first, second = Outgoing.objects.order_by("id")
    assert (first.body["reply"]["text"], first.demande) == ("CounsellorWrote", demande().id)
    assert second.demande == demande().id
    said = RelayedMessage.objects.get()
    assert (said.auteur, said.texte, str(said.demande_id), said.outgoing_id) == (
        "alice",
        "Bonjour",
        demande().id,
        first.id,
    )


def test_a_hand_off_given_back_by_the_desk_is_closed(desk):
    desk.does(OpenHandoff("mission-locale"))
    DeskNotifier(desk.conversation, desk.clock).tell(7, CounsellorWrote("oui ?", "mission-locale"), auteur="alice")
    DeskNotifier(desk.conversation, desk.clock).tell(7, HandoffClosed())
    assert HandoffRow.objects.get().closed_at == NOW
    assert RelayedMessage.objects.get().handoff == HandoffRow.objects.get()
    assert dossier_of(7).handoff is None


def test_the_desk_s_change_and_its_message_are_one_transaction(desk):
    STORE.add(demande())
    notifier = DeskNotifier(desk.conversation, desk.clock)

    def halfway():
        with transaction.atomic():
            STORE.save(taken(demande()))
            notifier.tell(7, StatutChanged(taken(demande())))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        halfway()
    assert STORE.get(demande().id) == demande()
    assert not Outgoing.objects.exists()


def test_a_stored_event_cannot_be_edited(desk):
    STORE.add(demande())
    row = EvenementRow.objects.get()
    row.motif = "autre chose"
    with pytest.raises(ConflictError):
        row.save()
    assert STORE.get(demande().id) == demande()
