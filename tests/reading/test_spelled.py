"""Text-message French is written out before it is read; names, addresses and figures stay as they are."""

import pytest

from bot.config import ROOT
from bot.content.lexique import load_lexique
from bot.reading.names.bare import bare_name
from bot.reading.names.full_name import name_then_rest, read_name
from bot.reading.spelled import written_out

SPELLINGS = load_lexique(ROOT / "knowledge").spellings


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("jé trouvé, c le patron ki me suit", "j'ai trouvé, c'est le patron qui me suit"),
        ("j abite Brest mé mnt jcherche un taf", "j'habite Brest mais maintenant je cherche un taf"),
        ("mai jsui pa inscri", "mais je suis pas inscrit"),
        ("g pa de mail", "j'ai pas de mail"),
        ("du lundi 14 desambre jusquau 18", "du lundi 14 décembre jusqu'au 18"),
        ("Jé 24 ans", "j'ai 24 ans"),
        ("sa dure combien", "ça dure combien"),
        ("j c pas ché pa", "je sais pas je sais pas"),
    ],
)
def test_a_text_message_is_read_as_it_would_be_written(typed, read):
    assert written_out(typed, SPELLINGS) == read


@pytest.mark.parametrize(
    "kept",
    [
        "du 3 mai au 8 mai",
        "le 12 mai je commence",
        "permis c et bac c",
        "12 rue Foch bâtiment c appartement 4",
        "Lucas Di Marco",
        "m g dupont",
        "sa mère et sa sœur",
        "jai.di@exemple.fr",
        "Ki Sung, restaurant Jé",
        "C et A",
        "g et fils",
    ],
)
def test_what_is_no_text_message_stays_as_it_is(kept):
    assert written_out(kept, SPELLINGS) == kept


def test_a_pasted_page_is_left_alone():
    page = "jé " * 1000
    assert written_out(page, SPELLINGS) == page


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("Laura Méric je l'ai mis juste au-dessus", "Laura", "Méric"),
        ("Nadia Kaci mais mettez pas ça dans les activités", "Nadia", "Kaci"),
        ("moi c'est Bruno Lehéré, l e h e accent aigu r e accent aigu", "Bruno", "Lehéré"),
        ("mon nom de famille c'est Quéré hein pas Que et mon prénom Bastien", "Bastien", "Quéré"),
    ],
)
def test_a_name_told_with_something_else_is_read(told, first, last):
    assert (read_name(told).first, read_name(told).last) == (first, last)


@pytest.mark.parametrize("told", ["La Rochelle c'est ma ville", "Bonjour Madame je suis perdu", "Laura Méric"])
def test_a_town_a_greeting_or_a_name_alone_is_no_name_with_something_else(told):
    assert name_then_rest(told) == ("", "")


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("c'est le garage Renault je te l'ai dit", "le garage Renault"),
        ("non juste madame Pascale", "madame Pascale"),
        ("mon éduc c'est Stéphane Vasseur", "Stéphane Vasseur"),
        ("le restaurant il s'appelle Chez Fatou pas Fatou", "Chez Fatou"),
        ("Mme Riou comme j'ai dit au début", "Mme Riou"),
        ("Sabrina, j'ai oublié son nom", "Sabrina"),
        ("Moto Sud 974 je l'ai déjà dit 3 fois", "Moto Sud 974"),
        ("la médiathèque c'est municipal", "la médiathèque"),
        ("Chez Enzo", "Chez Enzo"),
        ("Boulangerie C'est Bon", "Boulangerie C'est Bon"),
        ("Non Stop Coiffure", "Non Stop Coiffure"),
        ("Juste Magasin", "Juste Magasin"),
        ("je l'ai déjà dit", "je l'ai déjà dit"),
        ("j'en ai changé 3 fois, c'est Mme Riou", "j'en ai changé 3 fois, c'est Mme Riou"),
    ],
)
def test_a_name_is_kept_without_what_is_said_around_it(told, name):
    assert bare_name(told) == name
