"""Figures, the state of the service, and how careful every page is."""

import json
import logging
import os
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import get_resolver

from bot.dashboard.desk import _installed, desk, install
from bot.dashboard.figures import read_period, tables
from bot.dashboard.plots import plot
from bot.domain.demande import Statut
from bot.domain.turn import RelayToCounsellor
from bot.errors import SettingError
from bot.storage.effects import apply
from bot.storage.models import (
    Compte,
    DemandeRow,
    EvenementRow,
    HandoffRow,
    Heartbeat,
    Lacune,
    Outgoing,
    RelayedMessage,
    Update,
)
from tests.conversation.fakes import Person
from tests.dashboard.office import NOW, member, sent, signed_in


def figure(key, desk, **query):
    period = read_period(query, ("mission-locale", "a-confirmer"), desk)
    return next(table for table in tables(period, desk) if table.cle == key)


def test_demandes_are_counted_by_week_and_body(desk):
    sent(1, at=NOW)
    sent(2, at=NOW - timedelta(weeks=1))
    sent(3, "a-confirmer", at=NOW - timedelta(weeks=1))
    sent(4, "cap-emploi", at=NOW)
    table = figure("semaines", desk)
    assert table.tetes == ("Semaine du", "La mission locale", "Organisme à confirmer")
    assert table.lignes[-2:] == (("16/11/2026", 1, 1), ("23/11/2026", 1, 0))
    assert len(table.lignes) == 12


def test_delays_are_in_working_days(desk):
    one = sent(1, at=NOW - timedelta(days=4))  # sent on Friday 20 November
    EvenementRow.objects.create(demande_id=one.id, at=NOW - timedelta(days=2), auteur="x", quoi="statut", de="nouvelle",
                                vers=Statut.PRISE_EN_CHARGE.value)  # fmt: skip
    DemandeRow.objects.filter(pk=one.id).update(prise_jour=(NOW - timedelta(days=2)).date())
    table = figure("delais", desk)
    assert dict(table.lignes)["1 jour ouvré"] == 1
    assert "médian : 1" in table.note


def test_rare_trades_stay_out_of_the_figures(desk):
    for number in range(3):
        sent(number, metier="Boulanger")
    sent(9, metier="Dresseur de fauves")
    assert figure("metiers", desk).lignes == (("Boulanger", 3),)


def test_what_is_not_shown_says_why(desk):
    assert figure("metiers", desk).vide == "Rien sur cette période."
    sent(1)
    assert "Moins de trois demandes par métier" in figure("metiers", desk).vide


def test_the_way_to_a_signed_convention_is_counted(desk):
    one, two = sent(1, at=NOW - timedelta(days=4)), sent(2)
    DemandeRow.objects.filter(pk=one.id).update(statut="conventionnee", signee_jour=NOW.date())
    DemandeRow.objects.filter(pk=two.id).update(statut="refusee")
    EvenementRow.objects.create(demande_id=one.id, at=NOW, auteur="x", quoi="statut", vers="conventionnee")
    assert "1 sur 2 ont une convention signée, soit 50 %" in figure("issues", desk).note
    assert figure("suites", desk).lignes == (("La mission locale", 1, 1, 0, 0),)
    assert "Délai médian : 3 jours ouvrés" in figure("signature", desk).note


def test_the_last_column_of_a_chart_is_named_and_numbered(desk):
    sent(1, at=NOW)
    drawn = plot(figure("semaines", desk))
    assert drawn.count(">23/11</text>") == 2
    assert drawn.count('<text class="valeur milieu"') >= 2


def test_questions_and_opinions_are_counted(desk):
    for kind, category, count in (
        ("refus", "not_in_base", 3),
        ("avis", "inutile trop-long", 2),
        ("avis", "utile", 5),
        ("reponse", "duree", 8),
    ):
        Compte.objects.create(jour=NOW.date(), quoi=kind, categorie=category, nombre=count)
    Lacune.objects.create(at=NOW, question="et mon chien ?", raison="not_in_base")
    assert figure("questions", desk).lignes == (("avec une réponse", 8), ("sans réponse : absente de la base", 3))
    assert ("pas utile : trop-long", 2) in figure("avis", desk).lignes
    assert figure("lacunes", desk).lignes == (("et mon chien ?", 1),)


def test_an_answered_question_is_counted_by_its_fiche_and_nothing_else_is_kept(desk):
    person = Person()
    person.says("c'est payé ?")
    apply(person.effects, chat=42, at=NOW)
    assert list(Compte.objects.values_list("quoi", "categorie", "nombre")) == [("reponse", "remuneration", 1)]
    assert figure("questions", desk).lignes == (("avec une réponse", 1),)


def test_every_plot_has_its_numbers_in_a_table(as_role):
    client = as_role("lecture")
    for number in range(4):
        sent(number)
    page = client.get("/chiffres/").content.decode()
    drawn = set(re.findall(r'aria-labelledby="t-([a-z]+)-large"', page))
    assert len(drawn) > 1
    assert drawn == set(re.findall(r'aria-labelledby="t-([a-z]+)-etroit"', page))
    assert all(f'id="l-{key}"' in page for key in drawn)
    assert page.count('role="img"') == page.count("<svg") == 2 * len(drawn)


def test_figures_without_a_single_demande_say_so(as_role):
    assert "Rien sur cette période." in as_role("lecture").get("/chiffres/").content.decode()


def alive(clock):
    Heartbeat.objects.create(role="worker", at=clock.now())


def test_a_monitor_reads_that_all_is_well(desk, clock, client, tmp_path):
    alive(clock)
    (tmp_path / "manifest.json").write_text("{}")
    os.utime(tmp_path / "manifest.json", (NOW.timestamp(), NOW.timestamp()))
    response = client.get("/sante")
    assert response.status_code == 200, response.content
    assert response.json()["etat"] == "bien"


@pytest.mark.parametrize("failure", ["silence", "queue", "outbox", "index", "nothing"])
def test_a_monitor_is_told_when_something_stops(desk, clock, client, tmp_path, failure):
    (tmp_path / "manifest.json").write_text("{}")
    if failure != "nothing":
        alive(clock)
    match failure:
        case "silence":
            clock.later(minutes=3)
        case "queue":
            Update.objects.create(update_id=1, chat=1, payload={}, received_at=NOW - timedelta(minutes=6))
        case "outbox":
            Outgoing.objects.create(chat=1, body={}, created_at=NOW - timedelta(minutes=6))
        case "index":
            (tmp_path / "manifest.json").unlink()
    response = client.get("/sante")
    assert response.status_code == 503
    assert response.json()["etat"] == "a-voir"


@pytest.mark.parametrize(
    "code", ["telegram-hors-d-atteinte", "jeton-refuse", "autre-programme", "chroma", "recherche-fermee"]
)
def test_a_monitor_is_told_what_does_not_work_and_since_when(desk, clock, client, tmp_path, code):
    (tmp_path / "manifest.json").write_text("{}")
    since = (NOW - timedelta(minutes=7)).isoformat()
    Heartbeat.objects.create(role="worker", at=clock.now(), detail={"ennuis": {code: since}})
    response = client.get("/sante")
    assert response.status_code == 503
    assert response.json()["signes"][code] is False
    assert "depuis 7 min" in response.json()["depuis"][code]
    Heartbeat.objects.update(detail={"ennuis": {}})
    assert client.get("/sante").status_code == 200


def test_a_monitor_is_told_that_the_disk_is_full(desk, clock, client, tmp_path, monkeypatch):
    (tmp_path / "manifest.json").write_text("{}")
    alive(clock)
    monkeypatch.setattr("bot.dashboard.health.ROOM", 10**18)
    response = client.get("/sante")
    assert response.status_code == 503
    assert response.json()["signes"]["disque"] is False


def test_a_monitor_is_told_that_the_database_cannot_be_read(desk, client, monkeypatch):
    def broken(_now):
        raise DatabaseError("database disk image is malformed")

    monkeypatch.setattr("bot.dashboard.health.queues", broken)
    response = client.get("/sante")
    assert response.status_code == 503
    assert response.json()["signes"] == {"base": False}


def test_a_part_that_works_by_rounds_is_not_called_silent_between_two(desk, clock, client, tmp_path):
    (tmp_path / "manifest.json").write_text("{}")
    Heartbeat.objects.create(role="sweeper", at=clock.now() - timedelta(minutes=20))
    Heartbeat.objects.create(role="worker", at=clock.now())
    assert client.get("/sante").status_code == 200
    clock.later(minutes=30)
    Heartbeat.objects.filter(role="worker").update(at=clock.now())
    assert client.get("/sante").json()["signes"]["battement-sweeper"] is False


def test_health_says_nothing_of_anybody(desk, client):
    one = sent(1)
    Outgoing.objects.create(
        chat=one.chat, body={"reply": {"text": "Bonjour Lina"}}, created_at=NOW, etat="non-remis", demande=one.id
    )
    text = client.get("/sante").content.decode()
    assert "Lina" not in text
    assert str(one.chat) not in text
    assert json.loads(text)["non_remis"] == 1


def test_stale_passages_are_listed(as_role, clock):
    client = as_role("lecture")
    assert "Toutes les fiches sont à jour." in client.get("/etat/").content.decode()
    clock.later(days=3000)
    signed_in(client, member("lecture", name="plus.tard"))
    session = client.session
    session.update({"entree": clock.now().isoformat(), "vue": clock.now().isoformat()})
    session.save()
    page = client.get("/etat/").content.decode()
    assert "à revoir depuis le" in page


def test_every_page_has_the_headers_of_a_careful_site(as_role):
    client = as_role("responsable")
    for path in ("/demandes/", "/connexion/", "/accessibilite/", "/sante", "/absente/"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"


def test_pages_hold_no_inline_script_nor_style_and_fetch_nothing_from_elsewhere(as_role):
    client = as_role("responsable")
    one = sent(1)
    for path in ("/demandes/", f"/demandes/{one.id}/", "/chiffres/", "/equipe/", "/compte/", "/modeles/nouveau/"):
        page = client.get(path).content.decode()
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|javascript:", page), path
        for address in re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', page):
            assert address.startswith("/statique/"), path


def test_the_style_sheet_is_served_and_nothing_else_of_the_package(desk, client):
    response = client.get("/statique/desk.css")
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    for name in ("desk.py", "..%2Fdesk.py", "%2e%2e/models.py"):
        assert client.get(f"/statique/{name}").status_code == 404


def test_style_and_script_weigh_little_as_they_travel(desk, client):
    """Pages themselves are weighed in every state by `test_markup.py`."""
    packed = [
        client.get(f"/statique/{name}", headers={"Accept-Encoding": "gzip"})
        for name in ("desk.css", "desk.js", "favicon.svg")
    ]
    assert {one.status_code for one in packed} == {200}
    assert sum(len(one.content) for one in packed) < 15_000


def test_a_form_from_elsewhere_is_refused_in_french(as_role):
    user = member("conseiller", name="c.martin")
    strict = signed_in(Client(enforce_csrf_checks=True), user)
    one = sent(1)
    response = strict.post(f"/demandes/{one.id}/statut/", {"vers": "prise-en-charge", "vu": 1})
    assert response.status_code == 403
    assert "Formulaire expiré" in response.content.decode()
    assert DemandeRow.objects.get().statut == "nouvelle"


def test_addresses_name_people_by_opaque_identifiers_alone():
    for pattern in get_resolver("bot.dashboard.urls").url_patterns:
        captured = set(pattern.pattern.converters)
        assert captured <= {"pk", "jeton", "compte", "vue", "organisme", "membre", "forme", "nom", "lot"}, pattern
        if (pattern.name and pattern.name.startswith("demande-")) or pattern.name == "demande":
            assert type(pattern.pattern.converters["pk"]).__name__ == "UUIDConverter"


def test_nothing_personal_reaches_the_log(as_role, caplog):
    client = as_role("responsable")
    one = sent(1)
    with caplog.at_level(logging.DEBUG):
        client.post("/demandes/recherche/", {"q": "Durand"})
        client.get("/demandes/")
        client.get(f"/demandes/{one.id}/")
        client.post(f"/demandes/{one.id}/message/", {"message": ""})
        client.post(f"/demandes/{one.id}/note/", {"note": "Lina Durand a appelé"})
    kept = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any("Durand" in line or "exemple.fr" in line for line in kept)


def test_errors_are_pages_in_french(as_role):
    client = as_role("lecture")
    assert "Page introuvable" in client.get("/absente/").content.decode()
    one = sent(1)
    assert "Votre rôle ne permet pas" in client.post(f"/demandes/{one.id}/note/", {"note": "x"}).content.decode()


def test_a_program_that_forgot_to_install_the_desk_is_told_so():
    kept = list(_installed)
    _installed.clear()
    with pytest.raises(SettingError):
        desk()
    for one in kept:
        install(one)


class TestConversations:
    def test_the_urgent_come_first_then_those_who_wait_longest(self, as_role):
        client = as_role("conseiller")
        for number, (urgent, hours) in enumerate(((False, 5), (True, 1), (False, 9)), 1):
            HandoffRow.objects.create(
                chat=number, organisme="mission-locale", opened_at=NOW - timedelta(hours=hours), urgent=urgent
            )
        page = client.get("/conversations/").content.decode()
        assert re.findall(r"attend depuis (\d) h", page) == ["1", "9", "5"]

    def test_a_conversation_is_taken_once(self, as_role, client):
        mine = as_role("conseiller")
        row = HandoffRow.objects.create(chat=1, organisme="mission-locale", opened_at=NOW)
        mine.post(f"/conversations/{row.pk}/prendre/")
        other = signed_in(Client(), member("valideur"))
        said = other.post(f"/conversations/{row.pk}/prendre/", follow=True).content.decode()
        assert "Déjà prise par mission-locale.conseiller" in said
        row.refresh_from_db()
        assert row.pris_par == "mission-locale.conseiller"

    def test_answering_takes_it_and_reaches_the_person(self, as_role):
        client = as_role("conseiller")
        row = HandoffRow.objects.create(chat=1, organisme="mission-locale", opened_at=NOW)
        client.post(f"/conversations/{row.pk}/repondre/", {"message": "Bonjour, je vous lis."})
        row.refresh_from_db()
        assert row.taken_at == NOW
        assert "Bonjour, je vous lis." in Outgoing.objects.get().body["reply"]["text"]
        assert RelayedMessage.objects.get().handoff_id == row.pk

    def test_giving_back_says_so_to_the_person_once(self, as_role):
        client = as_role("conseiller")
        row = HandoffRow.objects.create(chat=1, organisme="mission-locale", opened_at=NOW, taken_at=NOW)
        client.post(f"/conversations/{row.pk}/rendre/")
        client.post(f"/conversations/{row.pk}/rendre/")
        assert Outgoing.objects.count() == 1
        assert client.post(f"/conversations/{row.pk}/repondre/", {"message": "trop tard"}).status_code == 409
        assert Outgoing.objects.count() == 1

    def test_a_conversation_in_which_the_person_wrote_last_waits_for_us(self, as_role):
        client = as_role("conseiller")
        row = HandoffRow.objects.create(chat=1, organisme="mission-locale", opened_at=NOW)
        client.post(f"/conversations/{row.pk}/repondre/", {"message": "Bonjour"})
        assert 'En cours <span class="nombre">1</span>' in client.get("/conversations/").content.decode()
        apply([RelayToCounsellor("Et demain ?")], chat=1, at=NOW)
        page = client.get("/conversations/").content.decode()
        assert 'À répondre <span class="nombre">1</span>' in page
        assert "Et demain ?" in page
        client.post(f"/conversations/{row.pk}/repondre/", {"message": "Oui."})
        assert 'À répondre <span class="nombre">0</span>' in client.get("/conversations/").content.decode()

    def test_a_draft_is_shown_in_the_order_of_the_form(self, as_role):
        client = as_role("conseiller")
        row = HandoffRow.objects.create(
            chat=1, organisme="mission-locale", opened_at=NOW, brouillon={"metier": "Fleuriste", "nom": "Petit", "x": 1}
        )
        page = client.get(f"/conversations/{row.pk}/").content.decode()
        assert page.index("Petit") < page.index("Fleuriste")
