"""The permission matrix, act by act: what really acts changes something for whom the table allows, and nothing otherwise.

Every address that acts is posted to with what makes it act, as every role, in its own body and in another one, after the
password and through the outside provider: the whole database is compared before and after.
"""

import hashlib
import inspect
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from bot.dashboard import acts
from bot.dashboard.acts import Gesture
from bot.dashboard.desk import desk as installed
from bot.dashboard.models import Membership, Ouverture, ReplyTemplate, SavedView, SecondFactor
from bot.dashboard.rights import RIGHTS, Scope
from bot.domain.demande import Role, Statut
from bot.storage.models import HandoffRow
from tests.dashboard.office import NOW, PASSWORD, ROLES, member, sent, signed_in
from tests.dashboard.test_outside import desk, house, through  # noqa: F401 - the provider of that story

BODY, OTHER = "mission-locale", "france-travail"
GOOD = "un mot de passe vraiment long"
VISITS = {"session", "loginattempt"}
"""Tables that any visit may write to."""

SESSION_ALONE = {"deconnexion", "recherche"}
"""Acts that change one's own session and nothing else."""


def _world():
    """One object of each kind in a body."""
    one, other = sent(1), sent(2, nom="Autre", email="autre@exemple.fr", telephone="+33639980002")
    thread = HandoffRow.objects.create(chat=5, organisme=BODY, opened_at=NOW, danger="suicide", danger_at=NOW)
    model = ReplyTemplate.objects.create(organisme=BODY, titre="T", texte="t", verifie_par="x", verifie_le=NOW)
    colleague = member("conseiller", name="collegue")
    SecondFactor.objects.create(user=colleague, secret="A" * 32, actif=True)
    mate = Membership.objects.get(user=colleague)
    Membership.objects.filter(pk=mate.pk).update(bureaux=["mission-locale:1"])
    return {
        "demande": one.id,
        "numero": one.numero,
        "autre": other.id,
        "fil": thread.pk,
        "modele": model.pk,
        "membre": mate.pk,
    }


def _acts(world, user):
    """Address -> what makes it act, for this person: the arguments of the address, the fields of the form."""
    name, request, thread, team = (
        user.get_username(),
        {"pk": world["demande"]},
        {"pk": world["fil"]},
        {"organisme": BODY},
    )
    mate = team | {"membre": world["membre"]}
    view = SavedView.objects.create(user=user, nom="à supprimer", requete="")
    Ouverture.objects.create(user=user, cle="autre-navigateur", depuis=NOW, appareil="x")
    model = {"organisme": BODY, "titre": "Autre", "texte": "Bonjour"}
    return {
        "vue-creer": ({}, {"nom": "v", "requete": "mineur=oui"}),
        "vue-supprimer": ({"vue": view.pk}, {}),
        "mot-de-passe": ({}, {"actuel": PASSWORD, "nouveau": GOOD, "encore": GOOD}),
        "double": ({}, {"geste": "preparer"}),
        "session-fin": ({"pk": 0}, {}),
        "avis": ({}, {"absent_du": "2026-12-24", "absent_au": "2026-12-26"}),
        "demande-statut": (request, {"vers": "prise-en-charge", "vu": 1}),
        "demande-transfert": (request, {"organisme": "cap-emploi", "motif": "Suivie là-bas.", "vu": 1}),
        "demande-note": (request, {"note": "Vu."}),
        "demande-message": (request, {"message": "Bonjour"}),
        "demande-attribuer": (request, {"membre": name, "vu": 1}),
        "demande-rappel": (request, {"jour": "2026-12-24", "vu": 1}),
        "demande-modifier": (request, {"telephone": "06 39 98 00 77", "vu": 1}),
        "demande-donnees": (request, {}),
        "demande-effacer": (request, {"numero": world["numero"]}),
        "annuler": ({"lot": _gesture(world, user)}, {}),
        "demandes-lot": ({}, {"geste": "prendre", "demande": [world["demande"]]}),
        "conversation-prendre": (thread, {}),
        "conversation-repondre": (thread, {"message": "Bonjour"}),
        "conversation-rendre": (thread, {}),
        "conversation-vue": (thread, {}),
        "conversation-attribuer": (thread, {"membre": name}),
        "modele-nouveau": ({}, model | {"organisme": next(iter(user.memberships.values_list("organisme", flat=True)))}),
        "modele": ({"pk": world["modele"]}, model),
        "modele-verifier": ({"pk": world["modele"]}, {}),
        "modele-supprimer": ({"pk": world["modele"]}, {}),
        "equipe-inviter": (team, {"email": "n@exemple.fr", "role": "lecture"}),
        "equipe-role": (mate, {"role": "lecture"}),
        "equipe-retirer": (mate, {}),
        "equipe-code": (mate, {}),
        "equipe-bureau": (mate, {"retirer": "mission-locale:1"}),
    }  # fmt: skip


def _gesture(world, user):
    """Something that this person has just done, and may undo."""
    who = Gesture(user.get_username(), Role.CONSEILLER)
    acts.set_status(installed(), world["autre"], "1", Statut.PRISE_EN_CHARGE, who)
    return who.lot


def _everything():
    """What the database holds, visits apart."""
    held = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.model_name not in VISITS:
            names = [field.attname for field in model._meta.concrete_fields if field.attname != "last_login"]
            held.update(repr([model._meta.label, *model.objects.order_by("pk").values_list(*names)]).encode())
    return held.hexdigest()


@contextmanager
def _undone():
    """What happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_act_has_its_line_here(desk):  # noqa: F811 - the fixture
    """What answers to a POST of somebody signed in: the addresses that refuse a GET, and the forms that take both."""
    user = member("responsable", name="c.martin")
    with _undone():
        known = set(_acts(_world(), user))
    views = {
        pattern.name: inspect.getsource(inspect.unwrap(pattern.callback))
        for pattern in get_resolver("bot.dashboard.urls").url_patterns
    }
    posts = {name for name, source in views.items() if "@require_POST" in source or '"POST"' in source}
    open_to_all = {name for name, right in RIGHTS.items() if right.scope is Scope.PUBLIC}
    assert posts - open_to_all == known | SESSION_ALONE


@pytest.mark.parametrize("door", ["password", "provider"])
@pytest.mark.parametrize("body", [BODY, OTHER])
@pytest.mark.parametrize("role", ROLES)
def test_an_act_changes_something_for_whom_the_table_says_and_nothing_otherwise(desk, house, role, body, door):  # noqa: F811
    user = member(role, body, name="c.martin")
    world = _world()
    client = signed_in(Client(), user) if door == "password" else through(house)[1]
    forms = _acts(world, user)
    before, cookies = _everything(), client.cookies.copy()
    found, wanted = {}, {}
    for name, (where, data) in forms.items():
        right = RIGHTS[name]
        mine = body == BODY or right.scope in (Scope.COMPTE, Scope.MEMBRE)
        wanted[name] = right.scope is Scope.COMPTE or (mine and Role(role) in right.roles)
        if name == "demandes-lot" and body == OTHER:
            wanted[name] = False
        # A new password changes the key of the session: the next act is done in the browser as it was.
        client.cookies = cookies.copy()
        with _undone():
            client.post(reverse(name, kwargs=where), data)
            found[name] = _everything() != before
    assert found == wanted
