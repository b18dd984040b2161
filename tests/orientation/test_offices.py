"""Which office: files read in both forms, the choice by commune and by name, and `route` that tells it."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from bot.cli.lines import answer_lines
from bot.cli.route import Offices, handler
from bot.config import ROOT
from bot.content.bureaux import COLONNES, read_offices
from bot.content.communes import load_communes
from bot.content.organismes import load_organismes
from bot.content.orientation import load_router
from bot.domain.bureaux import AU_PLUS, RESEAUX, choisir, du_departement, reconnaitre
from bot.domain.organisme import Bureau
from bot.domain.places import Carte
from bot.errors import ContentError
from bot.offices import MemoryOffices
from tests.official import LISTS

HERE = Path(__file__).parent
FILES = (HERE / "annuaire/base_locale.json", HERE / "annuaire/bureaux.csv")
CARTE = Carte(one for found in load_communes(ROOT / "knowledge").values() for one in found)
READ = [read_offices(file, CARTE) for file in FILES]
BUREAUX = {bureau.id: bureau for one in READ for bureau in one.bureaux}
ONE = "reseau;identifiant;nom;adresse;code_postal;commune;code_insee;telephone;courriel;url;horaires;departement\n"


def table():
    lines = (HERE / "bureaux.tsv").read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines if line.strip() and not line.startswith("#")]
    return [pytest.param(*row, id=" ".join(row[:2])) for row in rows]


def chosen(reseau, asked):
    if not asked.startswith('"'):
        commune = CARTE.insee(asked)
        return choisir([one for one in BUREAUX.values() if one.reseau == reseau], commune, CARTE)
    words, _, departement = asked.strip('"').partition('"')
    return reconnaitre(BUREAUX.values(), words, departement.strip())


@pytest.mark.parametrize(("reseau", "asked", "expected"), table())
def test_the_right_office_or_the_right_list(reseau, asked, expected):
    found = chosen(reseau, asked)
    if found.bureau is not None:
        assert found.bureau.nom == expected
        return
    names = [one.nom for one in found.candidats]
    wanted = [] if expected == "-" else expected.split(";")
    assert names[: len(wanted)] == wanted
    assert bool(names) == bool(wanted)


def test_the_table_is_long_enough():
    assert len(table()) >= 60


def test_never_more_than_six_offices_and_never_one_of_another_place():
    for bureau in BUREAUX.values():
        same = [one for one in BUREAUX.values() if one.reseau == bureau.reseau]
        listed = du_departement(same, bureau.departement)
        assert len(listed.candidats) <= AU_PLUS
        assert all(bureau.departement in one.departements for one in listed.candidats)


def test_the_directory_s_own_form_is_read_whole_and_other_services_left_out():
    found = {one.id: one for one in READ[0].bureaux}
    assert len(found) == 7
    assert found["mission-locale:a1"] == Bureau(
        nom="Mission locale - Bron Décines Meyzieu",
        departements=frozenset({"69"}),
        telephone="01 99 00 12 34",
        email="bron@exemple.fr",
        adresse="Bâtiment B, 12 rue de l'Essai",
        horaires="Lundi à jeudi 09:00-12:00 13:30-17:00 ; Vendredi 09:00-12:00 (sur rendez-vous)",
        id="mission-locale:a1",
        reseau="mission-locale",
        code_postal="69500",
        commune="Bron",
        code_insee="69029",
        url="https://www.exemple.fr/bron",
        communes=frozenset({"69029", "69275", "69282"}),
    )
    assert found["mission-locale:a2"].url == "https://lannuaire.exemple.fr/a2"
    assert found["mission-locale:a2"].email == ""
    assert found["cap-emploi:a4"].telephone == "01 99 00 55 66"
    assert {one.reseau for one in found.values()} == set(RESEAUX)


@pytest.mark.parametrize("wrapped", [lambda rows: rows, lambda rows: {"results": rows}])
def test_the_exports_of_the_directory_are_read_too(tmp_path, wrapped):
    rows = json.loads(FILES[0].read_text(encoding="utf-8"))["service"]
    (tmp_path / "export.json").write_text(json.dumps(wrapped(rows)), encoding="utf-8")
    assert read_offices(tmp_path / "export.json", CARTE).bureaux == READ[0].bureaux


def test_no_line_of_the_small_files_is_wrong():
    assert [problem for one in READ for problem in (*one.problems, *one.ecartes)] == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("poste;1;Bureau;;;;;;;;;69", "n'est pas un réseau ; écrivez l'un de : mission-locale"),
        ("mission-locale;1;;;;;;;;;;69", "il manque le nom"),
        ("mission-locale;1;ML;;6950;Bron;;;;;;69", "il faut cinq chiffres, comme 69500"),
        ("mission-locale;1;ML;;99999;Bron;;;;;;69", "il faut cinq chiffres, comme 69500"),
        ("mission-locale;1;ML;;;;6902;;;;;69", "comme 69029 ou 2A004"),
        ("mission-locale;1;ML;;;;;;sans arobase;;;69", "comme accueil@exemple.fr"),
        ("mission-locale;1;ML;;;;;;;exemple.fr;;69", "doit commencer par https://"),
        ("mission-locale;1;ML;;;;;;;;;99", "écrivez 01 à 95, 2A, 2B ou 971 à 988"),
        ("mission-locale;1;ML;;;;;;;;;69;trop", "trop de cases"),
        (f"mission-locale;1;{'ML ' * 100};;;;;;;;;69", "200 caractères au plus"),
        ("mission-locale;1;ML;;;;;;;;;69\nmission-locale;1;ML;;;;;;;;;69", "écrit deux fois"),
    ],
)
def test_a_wrong_line_is_said_with_what_would_be_right(tmp_path, row, says):
    file = tmp_path / "bureaux.csv"
    file.write_text(ONE + "mission-locale;0;Juste;;;;;;;;;69\n" + row, encoding="utf-8")
    read = read_offices(file, CARTE)
    (problem,) = read.problems
    assert says in problem.message
    assert problem.line >= 3
    assert "Juste" in {bureau.nom for bureau in read.bureaux}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"service": [', "JSON complet"),
        ('{"autre": []}', "liste « service »"),
        ("libelle;ville\nML;Bron\n", "la première ligne nomme les colonnes"),
        ("nom;departement\nML;69\n", "il manque la colonne reseau"),
    ],
)
def test_a_file_that_is_not_one_is_refused_whole(tmp_path, content, says):
    (tmp_path / "f.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        read_offices(tmp_path / "f.csv", CARTE)


def test_another_encoding_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "f.csv").write_bytes((ONE + "mission-locale;1;Évry;;;;;;;;;91\n").encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        read_offices(tmp_path / "f.csv", CARTE)


def test_a_csv_without_the_network_s_column_is_told_by_its_name_or_by_the_command(tmp_path):
    (tmp_path / "agences_france_travail.csv").write_text("nom;departement\nTHIERS;63\n", encoding="utf-8")
    (tmp_path / "liste.csv").write_text("nom;departement\nTHIERS;63\n", encoding="utf-8")
    by_name = read_offices(tmp_path / "agences_france_travail.csv", CARTE).bureaux
    assert by_name == read_offices(tmp_path / "liste.csv", CARTE, "france-travail").bureaux
    assert by_name[0].code_insee == "63430"


def test_a_name_that_names_no_office_gives_way_to_the_official_one(tmp_path):
    (tmp_path / "missions_locales.csv").write_text(
        "identifiant;nom_officiel;nom_usuel;departement\n26108S00;26-ML CREST;Siège;26\n", encoding="utf-8"
    )
    (bureau,) = read_offices(tmp_path / "missions_locales.csv", CARTE).bureaux
    assert (bureau.nom, bureau.autres_noms) == ("Mission locale Crest", ("Siège",))


def at_full_size(folder):
    """As many offices as there are, made of the largest towns; in the two forms of the official lists."""
    towns = sorted((one for found in load_communes(ROOT / "knowledge").values() for one in found),
                   key=lambda one: -one.habitants)  # fmt: skip
    for name, count, rows in (("missions_locales", 450, "ML {}"), ("agences_france_travail", 894, "{}")):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=";")
            writer.writerow(("identifiant", "nom", "departement"))
            writer.writerows((f"{n}X", rows.format(town.nom.upper()), town.departement)
                             for n, town in enumerate(towns[:count]))  # fmt: skip
    return folder / "missions_locales.csv", folder / "agences_france_travail.csv"


def full_lists(folder):
    """The made-up lists, and the real ones where they lie beside the repository."""
    real = (LISTS / "missions_locales.csv", LISTS / "agences_france_travail.csv")
    return [at_full_size(folder), *([real] if all(file.is_file() for file in real) else [])]


def test_the_whole_country_is_read_in_two_seconds_and_knows_where_its_offices_stand(tmp_path):
    for files in full_lists(tmp_path):
        before = process_time()
        read = [read_offices(file, CARTE) for file in files]
        assert process_time() - before < 2
        bureaux = [bureau for one in read for bureau in one.bureaux]
        assert sum(len(one.ecartes) for one in read) <= 4
        assert [problem for one in read for problem in one.problems] == []
        assert len(bureaux) >= 1340
        assert sum(bool(one.code_insee) for one in bureaux) / len(bureaux) > 0.95


def test_who_lives_where_an_office_stands_is_sent_to_it_or_chooses_among_those_of_the_town(tmp_path):
    for files in full_lists(tmp_path):
        for file in files:
            bureaux = read_offices(file, CARTE).bureaux
            for bureau in bureaux[::5]:
                home = CARTE.insee(bureau.code_insee)
                if home is None:
                    continue
                found = choisir(bureaux, home, CARTE)
                near = [found.bureau] if found.bureau else list(found.candidats)
                crowded = sum(CARTE.insee(one.code_insee) == home for one in bureaux) > AU_PLUS
                assert bureau in near or crowded, (bureau.nom, [one.nom for one in near])


def test_an_office_is_found_by_the_name_it_bears(tmp_path):
    for files in full_lists(tmp_path):
        bureaux = [bureau for file in files for bureau in read_offices(file, CARTE).bureaux]
        asked = bureaux[::31]
        right = 0
        for bureau in asked:
            found = reconnaitre(bureaux, bureau.nom, bureau.departement)
            right += bureau == found.bureau or bureau in found.candidats
        assert right / len(asked) >= 0.97


KNOWLEDGE = ROOT / "knowledge"
HANDLE = handler(
    load_router(KNOWLEDGE), load_organismes(KNOWLEDGE), Offices(lambda: CARTE, lambda: MemoryOffices(BUREAUX.values()))
)


def ask(profil, handle=HANDLE):
    out = io.StringIO()
    answer_lines(handle, [json.dumps({"id": "x", "profil": profil})], out)
    return json.loads(out.getvalue())


def test_route_names_the_office_of_a_commune():
    answer = ask({"age": 20, "situation": "sans-activite", "commune": "69091"})
    assert answer["organisme"] == "mission-locale"
    assert answer["office"] == {
        "id": "mission-locale:69091S00",
        "nom": "Mission locale Rhône Sud",
        "telephone": "01 99 00 00 01",
        "adresse": "2 rue du Modèle, 69700 Givors",
        "url": "https://exemple.fr/givors",
    }
    assert answer["offices"] == []


def test_route_lists_the_offices_where_several_fit_and_says_null():
    answer = ask({"age": 40, "situation": "demandeur-emploi", "commune": "63113"})
    assert answer["office"] is None
    assert [one["nom"] for one in answer["offices"]][:1] == ["France Travail Clermont Jouhaux"]


def test_route_without_a_commune_or_without_an_import_answers_as_before():
    assert "office" not in ask({"age": 20, "situation": "sans-activite"})
    bare = handler(load_router(KNOWLEDGE), load_organismes(KNOWLEDGE), Offices(lambda: CARTE))
    answer = ask({"age": 20, "situation": "sans-activite", "commune": "69091"}, bare)
    assert (answer["organisme"], answer["office"], answer["offices"]) == ("mission-locale", None, [])


@pytest.mark.parametrize(
    ("profil", "named"),
    [
        ({"commune": "99999"}, "commune"),
        ({"commune": "Bron"}, "commune"),
        ({"commune": ""}, "commune"),
        ({"commune": 69029}, "commune"),
        ({"commune": "69029", "departement": "38"}, "commune, departement"),
        ({"age": 0}, "age"),
        ({"age": 130}, "age"),
        ({"departement": "99"}, "departement"),
        ({"departement": "20"}, "departement"),
        ({"age": 14, "situation": "retraite"}, "age, situation"),
        ({"age": 20, "situation": "retraite"}, "age, situation"),
        ({"age": 45, "situation": "lyceen"}, "age, situation"),
        ({"age": 15, "situation": "fonctionnaire"}, "age, situation"),
        ({"age": 12, "rsa": True}, "age, rsa"),
        ({"age": 15, "inscrit_france_travail": True}, "age, inscrit_france_travail"),
        ({"age": 17, "situation": "lyceen", "cadre": True}, "situation, cadre"),
        ({"situation": "esat", "handicap": "non"}, "situation, handicap"),
    ],
)
def test_an_impossible_profile_is_an_error_that_names_the_keys(profil, named):
    answer = ask(profil)
    assert answer["error"].startswith(named)
    assert "organisme" not in answer


def test_the_columns_of_the_help_are_those_that_are_read():
    assert tuple(ONE.strip().split(";")) == COLONNES


def test_importing_twice_changes_nothing_and_a_change_is_named():
    directory = MemoryOffices()
    assert len(directory.replace(BUREAUX.values(), date(2026, 11, 29)).nouveaux) == len(BUREAUX)
    assert not directory.replace(BUREAUX.values(), date(2026, 11, 30)).change
