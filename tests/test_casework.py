"""A demande's life on the desk: the table decides, every act leaves an event, nothing is edited away."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot import casework
from bot.domain.demande import CLOS, OUVERTS, TRANSITIONS, Changement, Demande, Evenement, Role, Statut, transition
from bot.errors import InputError, TransitionError

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=3)


def demande(statut=Statut.NOUVELLE, **fields):
    sent = Evenement(AT, Role.PERSONNE, "envoyee")
    given = {
        "id": "1",
        "numero": "2026-ABCDEF",
        "chat": 7,
        "organisme": "mission-locale",
        "evenements": (sent,),
        "answers": {"metier": "boulanger", "date_debut": "2026-04-06"},
        "envoyee_le": AT,
        "statut": statut,
    }
    return Demande(**(given | fields))


def moved(one, vers, role=Role.RESPONSABLE, motif="une raison", **more):
    if vers is Statut.A_COMPLETER:
        more.setdefault("a_completer", ("siret",))
    return casework.change_status(one, vers, role=role, auteur="alice", at=LATER, motif=motif, **more)


@pytest.mark.parametrize(("source", "target", "role"), list(product(Statut, Statut, Role)))
def test_a_status_changes_exactly_where_the_table_says(source, target, role):
    row = transition(source, target)
    if row and role in row.roles:
        after = moved(demande(source), target, role)
        assert after.statut is target
        assert (after.evenements[-1].de, after.evenements[-1].vers) == (source, target)
        assert after.evenements[:-1] == demande(source).evenements
    else:
        with pytest.raises(TransitionError):
            moved(demande(source), target, role)


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.motif], ids=lambda row: f"{row.source}-{row.target}")
def test_where_a_reason_is_due_a_blank_one_is_refused(row):
    with pytest.raises(TransitionError, match="reason"):
        moved(demande(row.source), row.target, min(row.roles), motif="  ")


def test_asking_for_a_change_names_the_fields_and_leaving_it_forgets_them():
    asked = moved(demande(Statut.PRISE_EN_CHARGE), Statut.A_COMPLETER, a_completer=("siret", "tuteur", "siret"))
    assert asked.a_completer == ("siret", "tuteur")
    assert moved(asked, Statut.COMPLETEE).a_completer == ()


@pytest.mark.parametrize(
    ("vers", "fields"), [(Statut.A_COMPLETER, ()), (Statut.A_COMPLETER, ("couleur",)), (Statut.PRETE, ("siret",))]
)
def test_asking_for_nothing_for_an_unknown_field_or_elsewhere_is_refused(vers, fields):
    with pytest.raises(TransitionError):
        moved(demande(Statut.PRISE_EN_CHARGE), vers, a_completer=fields)


def test_an_amended_demande_shows_old_and_new_and_grows_a_version():
    changes = [Changement("metier", "n'importe quoi", "pâtissier"), Changement("date_debut", None, None)]
    after = casework.amend(demande(), changes, auteur=Role.PERSONNE, at=LATER)
    assert after.answers == {"metier": "pâtissier"}
    assert after.version == 2
    assert after.evenements[-1].changements == (
        Changement("metier", "boulanger", "pâtissier"),
        Changement("date_debut", "2026-04-06", None),
    )


def test_a_change_that_changes_nothing_leaves_no_trace():
    same = [Changement("metier", "x", "boulanger")]
    assert casework.amend(demande(), same, auteur=Role.PERSONNE, at=LATER) == demande()


def test_the_person_s_answer_completes_a_demande_only_where_it_was_asked():
    asked = moved(demande(Statut.PRISE_EN_CHARGE), Statut.A_COMPLETER)
    answer = [Changement("siret", None, "73282932000074")]
    after = casework.amend(asked, answer, auteur=Role.PERSONNE, at=LATER, complete=True)
    assert (after.statut, after.a_completer) == (Statut.COMPLETEE, ())
    assert [event.quoi for event in after.evenements] == ["envoyee", "statut", "modifiee", "statut"]
    assert casework.amend(asked, answer, auteur=Role.PERSONNE, at=LATER).statut is Statut.A_COMPLETER
    taken = casework.amend(demande(Statut.PRISE_EN_CHARGE), answer, auteur=Role.PERSONNE, at=LATER, complete=True)
    assert taken.statut is Statut.PRISE_EN_CHARGE


@pytest.mark.parametrize("statut", CLOS)
def test_a_closed_demande_is_neither_amended_nor_transferred(statut):
    with pytest.raises(TransitionError, match="closed"):
        casework.amend(demande(statut), [Changement("metier", None, "x")], auteur=Role.PERSONNE, at=LATER)
    with pytest.raises(TransitionError, match="closed"):
        casework.transfer(demande(statut), "cap-emploi", role=Role.RESPONSABLE, auteur="alice", at=LATER, motif="x")


@pytest.mark.parametrize("statut", OUVERTS)
def test_a_transferred_demande_is_new_for_the_other_body_and_keeps_its_history(statut):
    after = casework.transfer(
        demande(statut), "cap-emploi", role=Role.CONSEILLER, auteur="alice", at=LATER, motif="RQTH"
    )
    assert (after.organisme, after.statut) == ("cap-emploi", Statut.NOUVELLE)
    assert after.evenements[-1] == Evenement(LATER, "alice", "transferee", "RQTH", "mission-locale", "cap-emploi")
    assert after.evenements[0].quoi == "envoyee"


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": Role.LECTURE},
        {"role": Role.PERSONNE},
        {"motif": " "},
        {"organisme": "mission-locale"},
        {"organisme": ""},
    ],
)
def test_a_transfer_needs_a_role_a_reason_and_another_body(wrong):
    given = {"organisme": "cap-emploi", "role": Role.CONSEILLER, "motif": "x"} | wrong
    with pytest.raises(TransitionError):
        casework.transfer(demande(), given.pop("organisme"), auteur="alice", at=LATER, **given)


def test_a_note_is_an_event_and_nothing_else():
    after = casework.annotate(demande(), " rappeler lundi ", auteur="alice", at=LATER)
    assert after.evenements[-1] == Evenement(LATER, "alice", "note", "rappeler lundi")
    assert after.answers == demande().answers
    with pytest.raises(InputError):
        casework.annotate(demande(), "  ", auteur="alice", at=LATER)


def test_the_person_withdraws_what_is_still_open():
    after = casework.withdraw(demande(Statut.PRETE), at=LATER, motif="plus le temps")
    assert (after.statut, after.evenements[-1].auteur) == (Statut.ANNULEE, Role.PERSONNE)
    with pytest.raises(TransitionError):
        casework.withdraw(demande(Statut.REFUSEE), at=LATER, motif="x")


def test_retention_runs_from_the_closing_whatever_is_noted_after_it():
    closed = moved(demande(Statut.PRISE_EN_CHARGE), Statut.REFUSEE)
    noted = casework.annotate(closed, "archivée", auteur="alice", at=LATER + timedelta(days=100))
    for days, over in ((729, False), (731, True)):
        assert casework.expired(noted, now=LATER + timedelta(days=days), close_jours=730) is over


def test_an_open_demande_is_kept_as_long_as_something_happens_to_it():
    noted = casework.annotate(demande(), "rappeler", auteur="alice", at=AT + timedelta(days=700))
    assert not casework.expired(noted, now=AT + timedelta(days=800), close_jours=730)
    assert casework.expired(demande(), now=AT + timedelta(days=800), close_jours=730)
