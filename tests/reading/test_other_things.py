"""A date of something else never becomes a date of the stay; a day missed leaves the stay as it is."""

import pytest

from bot.domain.texte import folded
from bot.reading.dates.other_things import aside, of_something_else
from bot.reading.outcome import Ask, Value

ELSEWHERE = [
    "j'ai kiné jusqu'au 30 janvier",
    "j'ai rdv le lundi 14",
    "le pédiatre le 22 janvier à 10h",
    "je suis en disponibilité à compter du 1er mars",
    "ma conseillère est en vacances jusqu'au 5 janvier",
    "mon contrat finit le 31 janvier",
    "je suis en arrêt jusqu'au 10 janvier",
    "mon préavis se termine le 31 janvier",
    "rendez-vous à la préfecture le 14 janvier",
    "le patron est absent jusqu'au 8 janvier",
    "j'ai un examen le 12 janvier",
    "mon titre de séjour jusqu'au 20 janvier",
    "la tutrice est en congé du 18 au 22 janvier",
    "je passe le permis le 15 janvier",
    "mon opération c'est le 3 février",
    "je suis inscrit depuis le 12 janvier",
]
STAYS = [
    (
        "si je commence lundi 14 décembre et fini vendredi 8 janvier ? mais le 25 et le 1 patron ferme",
        "12-14 01-08",
        ("le 25 et le 1",),
    ),
    (
        "du 14 décembre au 8 janvier sauf le 25 décembre et le 1er janvier",
        "12-14 01-08",
        ("le 25 decembre et le 1er janvier",),
    ),
    ("du 11 au 22 janvier, pas le 14 j'ai rdv", "01-11 01-22", ("le 14",)),
    ("du 11 au 15 janvier, le 13 je peux pas venir", "01-11 01-15", ("le 13",)),
    ("du 11 au 22 janvier mais le lundi 18 j'ai rendez-vous à la préfecture", "01-11 01-22", ("le lundi 18",)),
    ("du 8 au 19 février, sauf le mercredi", "02-08 02-19", ()),
    ("mon contrat finit le 31 janvier donc du 1er au 12 février", "02-01 02-12", ()),
    ("j'ai un examen le 14 janvier, je peux du 18 au 29 janvier", "01-18 01-29", ()),
    ("en janvier, du 11 au 22, ma tutrice est en congés jusqu'au 5", "01-11 01-22", ()),
    ("pendant les vacances du 8 au 19 février", "02-08 02-19", ()),
    ("le patron me prend du 4 au 15 janvier", "01-04 01-15", ()),
    ("du 11 au 22 janvier, ma conseillère m'a dit que c'est bon", "01-11 01-22", ()),
    ("le médecin m'a dit ok, du 11 au 22 janvier", "01-11 01-22", ()),
    ("mon stage du 4 au 15 janvier", "01-04 01-15", ()),
    ("je commence le 11 janvier et je finis le 22", "01-11 01-22", ()),
]


@pytest.mark.parametrize("said", ELSEWHERE)
def test_a_date_of_something_else_is_never_taken(said, reader, context):
    assert of_something_else(folded(said))
    for field in ("periode", "date_debut", "date_fin"):
        read = reader.read(field, said, context("2026-11-30"))
        assert isinstance(read, Ask), (field, read)
        assert read.code.endswith("autre_chose")


@pytest.mark.parametrize(("said", "days", "missed"), STAYS)
def test_the_stay_is_kept_whatever_else_has_a_date(said, days, missed, reader, context):
    read = reader.read("periode", said, context("2026-11-30"))
    assert isinstance(read, Value), read
    assert f"{read.value['date_debut'][5:]} {read.value['date_fin'][5:]}" == days
    assert aside(folded(said)).missed == missed
    assert ("remarque.jours_absents" in read.remarks) is bool(missed)


def test_one_s_own_leave_is_offered_as_the_stay_and_not_taken(reader, context):
    read = reader.read("periode", "je suis en congés du 20 au 27 janvier", context("2026-11-30"))
    assert isinstance(read, Ask)
    assert [value["date_fin"] for _, value in read.proposals] == ["2027-01-27"]
