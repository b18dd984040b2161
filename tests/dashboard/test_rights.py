"""The permission matrix: every address × every role × own or other body, and every transition × every role."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from bot.dashboard import accounts
from bot.dashboard.models import Membership, ReplyTemplate, SavedView
from bot.dashboard.rights import RIGHTS, Scope
from bot.domain.demande import TRANSITIONS, Champ, Role, Statut, transition
from bot.storage.models import DemandeRow, EvenementRow, HandoffRow
from bot.storage.stores import DjangoDemandeStore
from tests.dashboard.office import NOW, ROLES, member, sent, signed_in
from tests.dashboard.test_request import form_of

NAMES = sorted(pattern.name for pattern in get_resolver("bot.dashboard.urls").url_patterns)

POSTS = {
    "deconnexion", "recherche", "vue-creer", "vue-supprimer", "mot-de-passe", "double", "demande-statut",
    "demande-transfert", "demande-note", "demande-message", "demande-attribuer", "demande-rappel",
    "demande-donnees", "annuler", "demandes-lot", "conversation-vue", "conversation-attribuer",
    "conversation-prendre", "conversation-repondre", "conversation-rendre", "modele-verifier", "modele-supprimer",
    "session-fin", "equipe-inviter", "equipe-role", "equipe-retirer", "equipe-bureau", "equipe-code",
}  # fmt: skip
"""Addresses that act: they answer to POST alone."""


def test_every_address_has_its_line_in_the_table_and_no_other():
    assert sorted(RIGHTS) == NAMES


@pytest.fixture
def world(desk):
    """One object of each kind in a body, and what addresses need."""
    one = sent()
    handoff = HandoffRow.objects.create(chat=5, organisme="mission-locale", opened_at=NOW)
    template = ReplyTemplate.objects.create(
        organisme="mission-locale", titre="T", texte="t", verifie_par="x", verifie_le=NOW
    )
    colleague = member("conseiller", name="collegue")
    view = SavedView.objects.create(user=colleague, nom="v", requete="")
    _, token = accounts.invite("a@exemple.fr", "mission-locale", "lecture", by="x", now=NOW)
    membership = Membership.objects.get(user=colleague)
    return {"demande": one.id, "conversation": handoff.pk, "modele": template.pk, "vue": view.pk, "jeton": token,
            "membre": membership.pk}  # fmt: skip


def address(name, world):
    scope = RIGHTS[name].scope
    own = {
        Scope.DEMANDE: {"pk": world["demande"]},
        Scope.CONVERSATION: {"pk": world["conversation"]},
        Scope.MODELE: {"pk": world["modele"]},
        Scope.ORGANISME: {"organisme": "mission-locale"},
    }.get(scope, {})
    more = {
        "invitation": {"jeton": world["jeton"]},
        "lien-mot-de-passe": {"compte": 1, "jeton": "x-y"},
        "vue-supprimer": {"vue": world["vue"]},
        "session-fin": {"pk": 0},
        "equipe-role": {"membre": world["membre"]},
        "equipe-retirer": {"membre": world["membre"]},
        "equipe-bureau": {"membre": world["membre"]},
        "equipe-code": {"membre": world["membre"]},
        "demandes-export": {"forme": "csv"},
        "chiffres-export": {"forme": "csv"},
        "avis-stop": {"jeton": "x"},
        "annuler": {"lot": "00000000-0000-4000-8000-000000000001"},
        "statique": {"nom": "desk.css"},
    }.get(name, {})
    return reverse(name, kwargs=own | more)


def answer(client, name, world):
    """What the address answers; whatever it did is undone."""
    with transaction.atomic():
        path = address(name, world)
        response = client.post(path) if name in POSTS else client.get(path)
        to_sign_in = response.status_code == 302 and response["Location"].startswith("/connexion/")
        # Signing out, and a second step without a first one, lead to the sign-in page by themselves.
        own = name == "code" or (name == "deconnexion" and response.wsgi_request.session.get("annonce"))
        b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return "sign-in" if to_sign_in and not own else response.status_code


def expected(name, role, organisme):
    """What the table declares: `open`, or the refusal."""
    right = RIGHTS[name]
    if right.scope is Scope.PUBLIC:
        return "open"
    if role is None:
        return "sign-in"
    if right.scope is Scope.COMPTE:
        return "open"
    if right.scope is not Scope.MEMBRE and organisme != "mission-locale":
        return 404
    return "open" if Role(role) in right.roles else 403


@pytest.mark.parametrize("name", NAMES)
def test_an_address_opens_to_whom_the_table_says_and_to_nobody_else(name, world):
    found, wanted = {}, {}
    people = [(None, "")] + [(role, body) for role in ROLES for body in ("mission-locale", "france-travail")]
    for role, body in people:
        client = Client() if role is None else signed_in(Client(), member(role, body))
        result = answer(client, name, world)
        wanted[role, body] = expected(name, role, body)
        found[role, body] = "open" if wanted[role, body] == "open" and result not in (403, 404, "sign-in") else result
    assert found == wanted


def test_an_account_without_a_body_sees_its_account_and_nothing_else(world):
    user = member("lecture")
    Membership.objects.filter(user=user).delete()
    client = signed_in(Client(), user)
    for name in NAMES:
        if RIGHTS[name].scope not in (Scope.PUBLIC, Scope.COMPTE):
            assert answer(client, name, world) in (403, 404), name


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("source", list(Statut))
def test_a_change_that_the_table_does_not_hold_changes_nothing(source, role, as_role):
    client = as_role(role)
    one = sent()
    DemandeRow.objects.filter(pk=one.id).update(statut=source.value)
    for target in Statut:
        if transition(source, target) is None:
            client.post(f"/demandes/{one.id}/statut/", {"vers": target.value, "motif": "x", "champs": "siret", "vu": 1})
    assert DemandeRow.objects.get(pk=one.id).statut == source.value
    assert EvenementRow.objects.filter(demande_id=one.id).count() == 1


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.source.value}-{row.target.value}")
def test_a_transition_of_the_table_happens_once_with_its_event(row, role, as_role):
    client = as_role(role)
    one = sent()
    DemandeRow.objects.filter(pk=one.id).update(statut=row.source.value)
    data = {"vers": row.target.value, "motif": "Parce que.", "vu": 1}
    if row.target is Statut.A_COMPLETER:
        data["champs"] = ["siret"]
    if row.target is Statut.CONVENTIONNEE:
        data["convention"] = "C-2026-1"
    client.post(f"/demandes/{one.id}/statut/", data)
    after = DemandeRow.objects.get(pk=one.id)
    assert (after.statut == row.target.value) is (Role(role) in row.roles)
    assert EvenementRow.objects.filter(demande_id=one.id).count() == (2 if Role(role) in row.roles else 1)


@pytest.mark.parametrize(
    "row", [row for row in TRANSITIONS if row.motif], ids=lambda row: f"{row.source.value}-{row.target.value}"
)
def test_a_transition_that_needs_a_reason_is_refused_without_one(row, as_role):
    client = as_role("responsable")
    one = sent()
    DemandeRow.objects.filter(pk=one.id).update(statut=row.source.value)
    response = client.post(
        f"/demandes/{one.id}/statut/", {"vers": row.target.value, "motif": "  ", "champs": "siret", "vu": 1}
    )
    assert response.status_code == 422
    assert "Écrivez la raison" in response.content.decode()
    assert DemandeRow.objects.get(pk=one.id).statut == row.source.value


def test_the_triage_queue_is_sorted_by_whoever_acts_and_signed_by_nobody(as_role):
    client = as_role("valideur")
    one = sent(organisme="a-confirmer")
    assert client.get(f"/demandes/{one.id}/").status_code == 200
    DemandeRow.objects.filter(pk=one.id).update(statut=Statut.PRETE.value)
    client.post(f"/demandes/{one.id}/statut/", {"vers": "conventionnee", "vu": 1, "convention": "C-1"})
    assert DemandeRow.objects.get(pk=one.id).statut == Statut.PRETE.value


def test_changing_an_identifier_never_opens_another_body(as_role):
    client = as_role("responsable")
    theirs = sent(2, organisme="cap-emploi")
    mine = sent(1)
    for part in ("", "texte/", "pdf/", "json/", "brouillon/", "agenda/", "modifier/", "effacer/"):
        assert client.get(f"/demandes/{mine.id}/{part}").status_code == 200, part
        assert client.get(f"/demandes/{theirs.id}/{part}").status_code == 404, part
    for part in ("statut", "transfert", "note", "message", "attribuer", "rappel", "modifier", "donnees", "effacer"):
        data = {"vers": "prise-en-charge", "vu": 1, "note": "x", "message": "x", "numero": theirs.numero,
                "organisme": "mission-locale", "motif": "x"}  # fmt: skip
        assert client.post(f"/demandes/{theirs.id}/{part}/", data).status_code == 404, part
    assert len(DjangoDemandeStore().get(theirs.id).evenements) == 1


def test_an_export_never_holds_another_body(as_role):
    client = as_role("conseiller")
    sent(1, nom="Visible")
    sent(2, organisme="cap-emploi", nom="Cachee")
    text = b"".join(client.get("/demandes/export.csv?statut=toutes&organisme=cap-emploi").streaming_content).decode()
    assert "Visible" in text
    assert "Cachee" not in text


def test_a_reader_of_one_body_exports_only_where_the_role_allows(desk, client):
    user = member("conseiller", "mission-locale", "double")
    member("lecture", "cap-emploi", "double")
    signed_in(client, user)
    sent(1, nom="Exportable")
    sent(2, organisme="cap-emploi", nom="Lisible")
    text = b"".join(client.get("/demandes/export.csv?statut=toutes").streaming_content).decode()
    assert "Exportable" in text
    assert "Lisible" not in text


def test_consent_and_the_office_that_it_names_are_never_the_desk_s_to_change(as_role):
    client = as_role("responsable")
    one = sent(bureau="Mission locale de Bron", bureau_id="mission-locale:bron")
    theirs = {Champ.CONSENTEMENT, Champ.BUREAU, Champ.BUREAU_ID}
    page = client.get(f"/demandes/{one.id}/modifier/").content.decode()
    assert [champ for champ in theirs if f'name="{champ.value}"' in page] == []
    typed = form_of(client, one) | {champ.value: "mission-locale:givors" for champ in theirs}
    assert client.post(f"/demandes/{one.id}/modifier/", typed | {"metier": "Pâtissier", "vu": 1}).status_code == 302
    after = DjangoDemandeStore().get(one.id)
    assert after.answers["metier"] == "Pâtissier"
    assert [after.answers[champ] for champ in theirs] == [one.answers[champ] for champ in theirs]


def test_posts_are_refused_to_get(as_role, world):
    client = as_role("responsable")
    for name in POSTS:
        if name != "deconnexion":
            assert client.get(address(name, world)).status_code == 405, name
