"""Hours that differ from one day to another: each day keeps its own, and what is not sure is shown before it is kept."""

import pytest

from bot.domain.reponses import hours_told
from bot.reading.outcome import Ask, Value


def week(value):
    """« 36 ; lundi, mardi : 08:00-12:00 ; vendredi : … »."""
    told = hours_told(value)
    return " ; ".join([f"{told.week:g}", *told.in_words()])


KEPT = [
    (
        "lundi au jeudi 8h-12h 13h30-17h30 vendredi que le matin",
        "36 ; lundi, mardi, mercredi, jeudi : 08:00-12:00, 13:30-17:30 ; vendredi : 08:00-12:00",
    ),
    (
        "lundi mercredi jeudi vendredi 8h midi 13h 16h, le mardi juste l'après-midi",
        "31 ; lundi, mercredi, jeudi, vendredi : 08:00-12:00, 13:00-16:00 ; mardi : 13:00-16:00",
    ),
    ("lundi 9h-12h, mardi 14h-17h", "6 ; lundi : 09:00-12:00 ; mardi : 14:00-17:00"),
    (
        "9h-12h du lundi au jeudi et 14h-17h le vendredi",
        "15 ; lundi, mardi, mercredi, jeudi : 09:00-12:00 ; vendredi : 14:00-17:00",
    ),
    (
        "du lundi au jeudi 8h-17h et le vendredi 8h-12h, 1h de pause",
        "36 ; lundi, mardi, mercredi, jeudi : 08:00-17:00 ; vendredi : 08:00-12:00",
    ),
    (
        "8h-17h du lundi au jeudi et vendredi 8h-12h",
        "40 ; lundi, mardi, mercredi, jeudi : 08:00-17:00 ; vendredi : 08:00-12:00",
    ),
    (
        "du lundi au vendredi de 9h à 12h et 13h à 17h sauf le vendredi où je finis à 16h",
        "34 ; lundi, mardi, mercredi, jeudi : 09:00-12:00, 13:00-17:00 ; vendredi : 09:00-12:00, 13:00-16:00",
    ),
    (
        "lundi mardi jeudi 8h30-16h30, mercredi 8h30-12h, vendredi 13h-17h",
        "31.5 ; lundi, mardi, jeudi : 08:30-16:30 ; mercredi : 08:30-12:00 ; vendredi : 13:00-17:00",
    ),
    ("9h-12h lundi et mardi, 14h-17h mercredi", "9 ; lundi, mardi : 09:00-12:00 ; mercredi : 14:00-17:00"),
    (
        "du mardi au vendredi 10h-13h 15h-19h et le samedi 9h-18h",
        "37 ; mardi, mercredi, jeudi, vendredi : 10:00-13:00, 15:00-19:00 ; samedi : 09:00-18:00",
    ),
    (
        "lundi à jeudi 7h30-12h 13h-16h30, vendredi 7h30-12h",
        "36.5 ; lundi, mardi, mercredi, jeudi : 07:30-12:00, 13:00-16:30 ; vendredi : 07:30-12:00",
    ),
    (
        "lun mar jeu ven 8h-12h 13h-17h, mer 8h-12h",
        "36 ; lundi, mardi, jeudi, vendredi : 08:00-12:00, 13:00-17:00 ; mercredi : 08:00-12:00",
    ),
    (
        "8h 12h 14h 18h du lundi au vendredi mais le vendredi je pars a 16h",
        "38 ; lundi, mardi, mercredi, jeudi : 08:00-12:00, 14:00-18:00 ; vendredi : 08:00-12:00, 14:00-16:00",
    ),
    (
        "du lundi au vendredi 8h-12h puis 13h-17h, le mercredi pas l'après-midi",
        "36 ; lundi, mardi, jeudi, vendredi : 08:00-12:00, 13:00-17:00 ; mercredi : 08:00-12:00",
    ),
    (
        "du lundi au jeudi de 9h à 17h et le vendredi de 9h à 16h avec une heure pour le repas",
        "34 ; lundi, mardi, mercredi, jeudi : 09:00-17:00 ; vendredi : 09:00-16:00",
    ),
    (
        "lundi mardi jeudi vendredi 9h-12h et 13h30-16h30, mercredi 9h-12h",
        "27 ; lundi, mardi, jeudi, vendredi : 09:00-12:00, 13:30-16:30 ; mercredi : 09:00-12:00",
    ),
    (
        "du mardi au jeudi 10h-19h et vendredi samedi 9h-18h",
        "45 ; mardi, mercredi, jeudi : 10:00-19:00 ; vendredi, samedi : 09:00-18:00",
    ),
    ("lundi 8h 16h mardi 8h 16h mercredi 8h 12h", "20 ; lundi, mardi : 08:00-16:00 ; mercredi : 08:00-12:00"),
    (
        "8h30-12h 13h-17h du lundi au jeudi, vendredi fini à 16h",
        "36.5 ; lundi, mardi, mercredi, jeudi : 08:30-12:00, 13:00-17:00 ; vendredi : 08:30-12:00, 13:00-16:00",
    ),
    (
        "du lundi au vendredi 7h-15h, sauf le vendredi je finis à midi",
        "37 ; lundi, mardi, mercredi, jeudi : 07:00-15:00 ; vendredi : 07:00-12:00",
    ),
    ("lundi jeudi 14h-18h, mardi vendredi 9h-12h", "14 ; lundi, jeudi : 14:00-18:00 ; mardi, vendredi : 09:00-12:00"),
    (
        "je travaille de 9h à 17h lundi mardi et de 9h à 12h mercredi",
        "19 ; lundi, mardi : 09:00-17:00 ; mercredi : 09:00-12:00",
    ),
    (
        "du lundi au vendredi 9h-12h 14h-18h, le lundi seulement l'après-midi",
        "32 ; lundi : 14:00-18:00 ; mardi, mercredi, jeudi, vendredi : 09:00-12:00, 14:00-18:00",
    ),
    ("lundi: 9h-17h / mardi: 9h-17h / mercredi: 9h-12h", "19 ; lundi, mardi : 09:00-17:00 ; mercredi : 09:00-12:00"),
    (
        "mardi mercredi vendredi samedi 9h-12h30 14h-19h jeudi 9h-12h30",
        "37.5 ; mardi, mercredi, vendredi, samedi : 09:00-12:30, 14:00-19:00 ; jeudi : 09:00-12:30",
    ),
    (
        "de 8h à 16h du lundi au jeudi avec 45 min de pause, vendredi de 8h à 12h",
        "33 ; lundi, mardi, mercredi, jeudi : 08:00-16:00 ; vendredi : 08:00-12:00",
    ),
    ("les lundis et mardis 6h-13h, les jeudis 13h-20h", "21 ; lundi, mardi : 06:00-13:00 ; jeudi : 13:00-20:00"),
    (
        "du lundi au jeudi 8h/12h - 13h30/17h et vendredi 8h/12h",
        "34 ; lundi, mardi, mercredi, jeudi : 08:00-12:00, 13:30-17:00 ; vendredi : 08:00-12:00",
    ),
    (
        "lundi mardi mercredi jeudi 8h 12h 14h 17h vendredi 8h 12h",
        "32 ; lundi, mardi, mercredi, jeudi : 08:00-12:00, 14:00-17:00 ; vendredi : 08:00-12:00",
    ),
    (
        "9-12 14-17 du lundi au jeudi, 9-12 le vendredi",
        "27 ; lundi, mardi, mercredi, jeudi : 09:00-12:00, 14:00-17:00 ; vendredi : 09:00-12:00",
    ),
    (
        "du lundi au vendredi, 9h à 16h, mais le mercredi je pars à 12h pour mes enfants",
        "31 ; lundi, mardi, jeudi, vendredi : 09:00-16:00 ; mercredi : 09:00-12:00",
    ),
    (
        "lundi après-midi 14h-18h et du mardi au vendredi 9h-12h 14h-18h",
        "32 ; lundi : 14:00-18:00 ; mardi, mercredi, jeudi, vendredi : 09:00-12:00, 14:00-18:00",
    ),
    (
        "35h : du lundi au jeudi 8h-16h avec 30 min de pause et vendredi 8h-13h",
        "35 ; lundi, mardi, mercredi, jeudi : 08:00-16:00 ; vendredi : 08:00-13:00",
    ),
]
SHOWN = [
    (
        "8h 16h30 avec la pause du midi, du lundi au jeudi et le vendredi jusqu'à 12h",
        [
            "36 ; lundi, mardi, mercredi, jeudi : 08:00-16:30 ; vendredi : 08:00-12:00",
            "35 ; lundi, mardi, mercredi, jeudi : 08:00-16:30 ; vendredi : 08:00-12:00",
            "34 ; lundi, mardi, mercredi, jeudi : 08:00-16:30 ; vendredi : 08:00-12:00",
        ],
    ),
    ("4h30-11h30 les deux premiers jours 9h", ["35 ; lundi, mardi, mercredi, jeudi, vendredi ; 04:30-11:30"]),
    (
        "du lundi 7 décembre au vendredi 18, 9h-17h avec 1h de pause",
        ["35 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-17:00"],
    ),
    ("8h 17h avec 1h pour manjer", ["40 ; lundi, mardi, mercredi, jeudi, vendredi ; 08:00-17:00"]),
    ("9h 16h avec 1h pr manger", ["30 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-16:00"]),
    (
        "lundi au jeudi 9h-17h, que le matin le vendredi",
        ["35 ; lundi, mardi, mercredi, jeudi : 09:00-17:00 ; vendredi : 09:00-12:00"],
    ),
    (
        "du lundi au vendredi 9h-17h sauf le mercredi matin",
        ["37 ; lundi, mardi, jeudi, vendredi : 09:00-17:00 ; mercredi : 12:00-17:00"],
    ),
    (
        "tous les jours 8h-16h sauf le vendredi jusqu'à midi",
        ["36 ; lundi, mardi, mercredi, jeudi : 08:00-16:00 ; vendredi : 08:00-12:00"],
    ),
    (
        "le lundi de 14h à 18h et les autres jours de 9h à 12h et 14h à 18h",
        ["32 ; lundi : 14:00-18:00 ; mardi, mercredi, jeudi, vendredi : 09:00-12:00, 14:00-18:00"],
    ),
    (
        "matin 8h-12h aprem 13h30-17h lundi mardi jeudi, vendredi que le matin",
        ["26.5 ; lundi, mardi, jeudi : 08:00-12:00, 13:30-17:00 ; vendredi : 08:00-12:00"],
    ),
    (
        "le lundi à partir de 10h, les autres jours 8h-16h",
        ["38 ; lundi : 10:00-16:00 ; mardi, mercredi, jeudi, vendredi : 08:00-16:00"],
    ),
    ("9h-17h lundi et mercredi, vendredi jusqu'à 13h", ["20 ; lundi, mercredi : 09:00-17:00 ; vendredi : 09:00-13:00"]),
    (
        "je commence à 8h et je finis à 16h du lundi au jeudi, et à 12h le vendredi",
        ["36 ; lundi, mardi, mercredi, jeudi : 08:00-16:00 ; vendredi : 08:00-12:00"],
    ),
    (
        "8h 16h30 avec la pause du midi, du lundi au vendredi",
        [
            "40 ; lundi, mardi, mercredi, jeudi, vendredi ; 08:00-16:30",
            "38.75 ; lundi, mardi, mercredi, jeudi, vendredi ; 08:00-16:30",
            "37.5 ; lundi, mardi, mercredi, jeudi, vendredi ; 08:00-16:30",
        ],
    ),
    (
        "10h 18h mardi mercredi jeudi vendredi, samedi 9h 12h",
        ["35 ; mardi, mercredi, jeudi, vendredi : 10:00-18:00 ; samedi : 09:00-12:00"],
    ),
    (
        "8h-12h et 13h-17h sauf le vendredi 8h-12h",
        ["36 ; lundi, mardi, mercredi, jeudi : 08:00-12:00, 13:00-17:00 ; vendredi : 08:00-12:00"],
    ),
    (
        "samedi 8h-13h, les autres jours 8h-12h 14h-17h",
        ["40 ; lundi, mardi, mercredi, jeudi, vendredi : 08:00-12:00, 14:00-17:00 ; samedi : 08:00-13:00"],
    ),
]
ALIKE = [
    (
        "du 8 au 19 février, sauf le mercredi, 9h15 - 15h45 avec une demi-heure de pause parce que je dois récupérer les filles à 16h15",
        "24 ; lundi, mardi, jeudi, vendredi ; 09:15-15:45",
    ),
    (
        "Non non c'est TOUS les jours sauf le mercredi, de 9h15 à 15h45",
        "26 ; lundi, mardi, jeudi, vendredi ; 09:15-15:45",
    ),
    (
        "le matin 7h 14h elles font comme ça là bas, lundi mardi jeudi vendredi samedi j'ai le mercredi à moi",
        "35 ; lundi, mardi, jeudi, vendredi, samedi ; 07:00-14:00",
    ),
    ("ya 1h de pause donc ca fait 6h par jour lundi a vendredi", "30 ; lundi, mardi, mercredi, jeudi, vendredi"),
    (
        "que le matin de 9 heures à midi du mardi au samedi enfin le lundi c'est fermé",
        "15 ; mardi, mercredi, jeudi, vendredi, samedi ; 09:00-12:00",
    ),
    (
        "les jours : lundi, mardi, jeudi, vendredi. les heures : 9h15 à 15h45",
        "26 ; lundi, mardi, jeudi, vendredi ; 09:15-15:45",
    ),
    (
        "9h-12h le matin et 14h-17h l'après-midi du lundi au jeudi",
        "24 ; lundi, mardi, mercredi, jeudi ; 09:00-12:00, 14:00-17:00",
    ),
    ("lundi au vendredi matin 8h-12h", "20 ; lundi, mardi, mercredi, jeudi, vendredi ; 08:00-12:00"),
    ("lundi 8h 12h", "4 ; lundi ; 08:00-12:00"),
    ("du lundi au vendredi 9h-17h sauf mercredi", "32 ; lundi, mardi, jeudi, vendredi ; 09:00-17:00"),
    (
        "9h-17h lundi au vendredi, 30 min de pause le midi",
        "37.5 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-17:00",
    ),
    ("9h15-15h45 tlj sauf mercredi, une demi heure pour manger", "24 ; lundi, mardi, jeudi, vendredi ; 09:15-15:45"),
    (
        "tous les jours 9h-12h 13h-16h pas le mercredi car j'ai ma fille à 16h30",
        "24 ; lundi, mardi, jeudi, vendredi ; 09:00-12:00, 13:00-16:00",
    ),
    ("le matin 9h-12h du lundi au vendredi", "15 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-12:00"),
    (
        "du lundi au vendredi 9h-12h le matin et 14h-17h l'après-midi",
        "30 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-12:00, 14:00-17:00",
    ),
    (
        "lundi au vendredi 9h-17h avec une pause de 12h à 13h",
        "35 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-12:00, 13:00-17:00",
    ),
    (
        "du lundi au vendredi 9h-17h, je dépose ma fille à 8h30",
        "40 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-17:00",
    ),
    (
        "du lundi au vendredi 9h-16h car mon bus part à 16h20",
        "35 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-16:00",
    ),
    (
        "9h-17h du lundi au vendredi, le samedi c'est fermé",
        "40 ; lundi, mardi, mercredi, jeudi, vendredi ; 09:00-17:00",
    ),
    ("9h-17h du lundi au jeudi, le vendredi je sais pas encore", "32 ; lundi, mardi, mercredi, jeudi ; 09:00-17:00"),
    ("du lundi au vendredi 8h-16h, rdv mardi à 17h", "40 ; lundi, mardi, mercredi, jeudi, vendredi ; 08:00-16:00"),
    ("lundi au vendredi 35h", "35 ; lundi, mardi, mercredi, jeudi, vendredi"),
]
ASKED = [
    "9h-12h ou 14h-17h selon les jours",
    "une semaine le matin 6h-13h, une semaine l'après-midi 13h-20h",
    "tous les matins de 8h à 12h et le jeudi aussi l'après midi 14h 17h",
]


@pytest.mark.parametrize(("said", "kept"), KEPT)
def test_each_day_keeps_its_own_hours(said, kept, reader, context):
    read = reader.read("horaires", said, context())
    assert isinstance(read, Value), read
    assert week(read.value) == kept
    assert "par_jour" in read.value


@pytest.mark.parametrize(("said", "shown"), SHOWN)
def test_what_is_guessed_is_shown_to_be_confirmed(said, shown, reader, context):
    read = reader.read("horaires", said, context())
    assert isinstance(read, Ask), read
    assert [week(value) for _, value in read.proposals] == shown


@pytest.mark.parametrize(("said", "kept"), ALIKE)
def test_days_that_are_alike_stay_one_week(said, kept, reader, context):
    read = reader.read("horaires", said, context())
    assert isinstance(read, Value), read
    assert week(read.value) == kept
    assert "par_jour" not in read.value


@pytest.mark.parametrize("said", ASKED)
def test_days_that_nothing_tells_apart_are_asked(said, reader, context):
    read = reader.read("horaires", said, context())
    assert isinstance(read, Ask), read
    assert not read.proposals


def test_the_longest_day_of_a_minor_is_seen_whatever_the_day(reader, context):
    young = {"date_naissance": "2009-06-01", "date_debut": "2026-12-07"}
    said = "du lundi au jeudi 9h-12h, vendredi 8h-17h"
    assert reader.read("horaires", said, context(**young)).code == "horaires.jour_mineur"
    assert isinstance(reader.read("horaires", said, context()), Value)


def test_some_days_of_the_stay_are_told_to_the_adviser(reader, context):
    read = reader.read("horaires", "du lundi au vendredi 4h30-11h30, les deux premiers jours 9h-12h", context())
    assert week(read.value) == "35 ; lundi, mardi, mercredi, jeudi, vendredi ; 04:30-11:30"
    assert "remarque.jours_a_part" in read.remarks
