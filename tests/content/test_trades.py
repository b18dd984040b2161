"""Official trades: both forms of the file read, searched as people say them, their codes where the platform reads them."""

import json
from pathlib import Path

import jsonschema
import pytest

from bot.config import ROOT
from bot.content.appellations import read_appellations
from bot.content.metiers import load_activites, load_appellations, load_metiers
from bot.convention.draft import convention_draft
from bot.convention.link import official, parse_link, prefilled_link
from bot.domain.appellation import Appellation, genres, paires
from bot.errors import ContentError
from bot.trade_search import TradeIndex
from tests.content.trades import AGENCE, DITS, ENTENDUS, REAL, TABLES, made_up, right, table
from tests.convention.demandes import SCHEMA
from tests.convention.test_documents import demande
from tests.domain.cas import ADULTE

HERE = Path(__file__).parent
KNOWLEDGE = ROOT / "knowledge"
SPOKEN, NEAREST, DOINGS = load_metiers(KNOWLEDGE), load_appellations(KNOWLEDGE), load_activites(KNOWLEDGE)
SMALL = read_appellations([HERE / "appellations.csv"])
INDEX = TradeIndex(SMALL, SPOKEN, NEAREST, DOINGS)
FULL = read_appellations([REAL]) if REAL.is_file() else made_up(11_118)
BAKER = Appellation("11573", "D1102", "Boulanger / Boulangère")


def names(text, index=INDEX, limit=3):
    return [one.appellation.libelle for one in index.search(text, limit)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("boulanger", "Boulanger / Boulangère"),
        ("BOULANGÈRE", "Boulanger / Boulangère"),
        ("boulangé", "Boulanger / Boulangère"),
        ("je voudrais être boulangère", "Boulanger / Boulangère"),
        ("patissiere", "Pâtissier / Pâtissière"),
        ("vendeuse en boulangerie", "Vendeur / Vendeuse en boulangerie-pâtisserie"),
        ("vendeuse de vetement", "Vendeur / Vendeuse en prêt-à-porter"),
        ("masson", "Maçon / Maçonne"),
        ("plonbier", "Plombier / Plombière"),
        ("plombiers", "Plombier / Plombière"),
        ("chauffagiste plombier", "Plombier-chauffagiste / Plombière-chauffagiste"),
        ("mécano", "Mécanicien / Mécanicienne automobile"),
        ("garagiste", "Mécanicien / Mécanicienne automobile"),
        ("aide-soignante en ehpad", "Aide-soignant / Aide-soignante"),
        ("infirmière", "Infirmier / Infirmière de soins généraux"),
        ("nounou", "Assistant maternel / Assistante maternelle"),
        ("atsem", "Agent spécialisé / Agente spécialisée des écoles maternelles -ASEM-"),
        ("femme de ménage", "Agent / Agente d'entretien/propreté de locaux"),
        ("routier", "Chauffeur routier / Chauffeuse routière"),
        ("hôtesse de l'air", "Steward / Hôtesse de l'air"),
    ],
)
def test_a_trade_is_found_as_it_is_said(said, found):
    assert names(said)[0] == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("je veux faire du pain", "Boulanger / Boulangère"),
        ("travailler dans un garage", "Mécanicien / Mécanicienne automobile"),
        ("ménage dans les bureaux", "Agent / Agente d'entretien/propreté de locaux"),
        ("plonbier", "Plombier / Plombière"),
        ("aide-soignante en ehpad", "Aide-soignant / Aide-soignante"),
    ],
)
def test_what_one_does_or_where_leads_to_a_trade_that_is_offered_and_not_written(said, found):
    first = INDEX.search(said)[0]
    assert first.appellation.libelle == found
    assert first.note < 1
    assert INDEX.named(said) is None


@pytest.mark.parametrize("said", ["", "   ", "xyzzy", "?!", "je ne sais pas", "💥", "a" * 5000, "de la du"])
def test_what_names_no_trade_finds_none_and_breaks_nothing(said):
    assert names(said) == []


def test_a_whole_name_is_certain_and_a_piece_of_one_is_not():
    assert INDEX.search("boulangere")[0].note == 1.0
    assert 0 < INDEX.search("boulangeri")[0].note < 1.0


def test_never_more_than_asked_and_never_twice():
    found = names("vendeur", limit=2)
    assert len(found) == len(set(found)) == 2


def test_without_an_import_nothing_is_found():
    empty = TradeIndex((), SPOKEN, NEAREST)
    assert empty.search("boulanger") == ()
    assert empty.named("boulanger") is None
    assert empty.get("11573") is None


@pytest.mark.parametrize(
    ("libelle", "both"),
    [
        ("Agent / Agente d'accueil", ("agent d accueil", "agente d accueil")),
        ("Chauffeur routier / Chauffeuse routière", ("chauffeur routier", "chauffeuse routiere")),
        ("Aide maternel / maternelle d'école", ("aide maternel d ecole", "aide maternelle d ecole")),
        ("Libraire", ("libraire", "libraire")),
    ],
)
def test_a_label_has_a_masculine_and_a_feminine(libelle, both):
    assert genres(libelle) == both


def test_feminine_words_are_learnt_from_the_labels():
    assert paires(SMALL)["boulangere"] == "boulanger"
    assert paires(SMALL)["vendeuse"] == "vendeur"


def test_the_whole_list_answers_what_the_table_says():
    """On the real list where it is; elsewhere, every made-up label is found by its own name."""
    index = TradeIndex(FULL, SPOKEN, NEAREST, DOINGS)
    for name in (DITS, ENTENDUS, AGENCE) if REAL.is_file() else ():
        marks = [[right(one.appellation, wanted) for one in index.search(said)] for said, wanted in table(name)]
        assert sum(bool(mark and mark[0]) for mark in marks) / len(marks) >= 0.9, name
        assert sum(map(any, marks)) / len(marks) >= 0.97, name
    asked = FULL[::53]
    assert sum(one in [found.appellation for found in index.search(one.libelle)] for one in asked) / len(asked) >= 0.98


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_long_enough_and_say_each_thing_once(name):
    said = [row[0] for row in table(name)]
    assert len(said) == len(set(said)) >= 150


def test_every_nearest_label_is_a_label_of_the_list():
    labels = {one.libelle for one in FULL} if REAL.is_file() else {*NEAREST.values(), *DOINGS}
    assert {*NEAREST.values(), *DOINGS} <= labels


def test_a_phrase_that_leads_to_two_trades_is_reported_with_its_line(tmp_path):
    (tmp_path / "activites.yaml").write_text("Boulanger: [pain]\nVendeur: [le pain, pain]\n", encoding="utf-8")
    with pytest.raises(ContentError, match="« pain » mène déjà à Boulanger"):
        load_activites(tmp_path)


OPEN_DATA = (
    '"code_rome","code_ogr","libelle_appellation_long","libelle_appellation_court","statut"\n'
    '"D1102","11573","Boulanger / Boulangère","Boulanger / Boulangère","1"\n'
)


def test_the_open_data_of_france_travail_is_read_with_the_labels_of_its_codes(tmp_path):
    (tmp_path / "appellations.csv").write_text(OPEN_DATA, encoding="utf-8")
    (tmp_path / "rome.csv").write_text(
        "code_rome,libelle_rome\nD1102,Boulangerie - viennoiserie\n", encoding="utf-8-sig"
    )
    assert read_appellations([tmp_path / "appellations.csv"]) == (BAKER,)
    both = read_appellations([tmp_path / "appellations.csv", tmp_path / "rome.csv"])
    assert both == (Appellation("11573", "D1102", "Boulanger / Boulangère", "Boulangerie - viennoiserie"),)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("rome;nom\nD1102;Boulanger\n", "code_rome;code_appellation;libelle"),
        ("code_rome;code_appellation;libelle\nZ1102;11573;Boulanger\n", "une lettre de A à N et quatre chiffres"),
        ("code_rome;code_appellation;libelle\nD1102;115;Boulanger\n", "cinq ou six chiffres"),
        ("code_rome;code_appellation;libelle\nD1102;11573;\n", "le nom du métier"),
        ("code_rome;code_appellation;libelle\nD1102\n", "cinq ou six chiffres"),
        ("code_rome;code_appellation;libelle\nD1102;11573;A\nD1102;11573;B\n", "nomme déjà un autre métier"),
        ("code_rome;libelle_rome\nD1102;Boulangerie\n", "aucun métier"),
    ],
)
def test_a_wrong_file_says_what_would_be_right(tmp_path, content, says):
    (tmp_path / "f.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        read_appellations([tmp_path / "f.csv"])


@pytest.mark.parametrize("metier", ["boulangère", "Boulanger", "BOULANGER"])
def test_the_codes_reach_the_link_as_the_platform_s_router_reads_them(metier):
    trade = official({"metier": metier}, INDEX)
    assert parse_link(prefilled_link({"metier": metier}, appellation=trade))["immersionAppellation"] == {
        "romeCode": "D1102",
        "romeLabel": "Boulanger / Boulangère",
        "appellationCode": "11573",
        "appellationLabel": "Boulanger / Boulangère",
    }


def test_the_codes_reach_the_draft_and_pass_its_schema():
    made = convention_draft(demande(ADULTE), "mission-locale", appellation=official(ADULTE, INDEX))
    jsonschema.validate(json.loads(json.dumps(made)), SCHEMA, cls=jsonschema.Draft202012Validator)
    assert made["conventionDraft"]["immersionAppellation"]["appellationCode"] == "11573"


def test_the_chosen_code_wins_and_a_trade_that_is_only_near_gets_no_code():
    assert official({"metier": "boulanger"}, INDEX, "17550").appellationCode == "17550"
    assert official({"metier": "souffleur de verre"}, INDEX) is None
    assert official({"metier": "boulangerie"}, INDEX) is None
    assert official({}, INDEX) is None
