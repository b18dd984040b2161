"""Messages of several facts: each word is read once, and goes where it belongs."""

import pytest

WHOLE = [
    (
        "conseiller",
        ("Madame Berthier et l'adresse mail c'est m.traore@exemple.fr et donc pour le tuteur c'est Gérard Pinson responsable"
        " exploitation 04 78 61 22 09"),
        {
            "conseiller": "Madame Berthier", "email": "m.traore@exemple.fr",
            "tuteur": "Gérard Pinson, responsable exploitation", "tuteur_telephone": "04 78 61 22 09",
        },
    ),
    (
        "commune",
        "le creusot moi cest enzo martel 0768901124 ma mere cest stephanie martel 0633587002",
        {
            "commune": "le creusot", "nom": "enzo martel", "telephone": "0768901124", "representant": "stephanie martel",
            "representant_telephone": "0633587002",
        },
    ),
    (
        "objectif",
        ("decouvrir. la boutik c Au Nom de la Rose 8 rue de liege lorient, la patronne maud kerbrat 0297551420, du 11 au 15 janvier"
        " lun a vend 9h-12h 14h-17h"),
        {
            "objectif": "decouvrir", "entreprise": "Au Nom de la Rose", "adresse": "8 rue de liege lorient",
            "tuteur": "maud kerbrat, patronne", "tuteur_telephone": "0297551420", "date_debut": "du 11 au 15 janvier",
            "horaires": "lun a vend 9h-12h 14h-17h",
        },
    ),
    (
        "date_naissance",
        "14 mars 2006 ines le goff lorient 0644128730 i.legoff@exemple.fr",
        {
            "date_naissance": "14 mars 2006", "nom": "ines le goff", "commune": "lorient", "telephone": "0644128730",
            "email": "i.legoff@exemple.fr",
        },
    ),
    (
        "conseiller",
        ("Mme Coste. Changement : Cycles Malbec ne peut plus me prendre, ce sera Vélo & Cie, 15 place du Vigan, 81000 Albi,"
        " SIRET 49281736600015, tuteur Karim Haddad, chef d'atelier, karim@exemple.fr."),
        {
            "conseiller": "Mme Coste", "entreprise": "Vélo & Cie", "adresse": "15 place du Vigan, 81000 Albi",
            "siret": "49281736600015", "tuteur": "Karim Haddad, chef d'atelier", "tuteur_email": "karim@exemple.fr",
        },
    ),
    (
        "suivi_par",
        (
            "ok moi c'est mamadou vidal né le trois septembre quatre vingt huit j'habite vénissieux je suis suivi par madame perrachon à"
            " france travail vénissieux et je veux découvrir électricien du bâtiment avant la formation"
        ),
        {
            "nom": "mamadou vidal", "date_naissance": "trois septembre quatre vingt huit", "commune": "vénissieux",
            "conseiller": "madame perrachon", "suivi_par": "france-travail", "objectif": "decouvrir",
            "metier": "électricien du bâtiment",
        },
    ),
    (
        "hote_connu",
        (
            "oui c'est librairie Les Embruns, située 17 rue du Temple à La Rochelle, la gérante Colette Arnaud, et mon tuteur Hugues Tessier,"
            " libraire, hugues@exemple.fr"
        ),
        {
            "entreprise": "librairie Les Embruns", "adresse": "17 rue du Temple à La Rochelle",
            "tuteur": "Hugues Tessier, libraire", "tuteur_email": "hugues@exemple.fr",
        },
    ),
    (
        "conseiller",
        ("monsieur Payet et la médiathèque François Mitterrand voilà c'est pour confirmer mon projet et seulement les matins de"
        " 9 heures à 12 heures 30 parce que je fatigue vite"),
        {
            "conseiller": "monsieur Payet", "entreprise": "médiathèque François Mitterrand", "objectif": "confirmer",
            "horaires": "seulement les matins de 9 heures à 12 heures 30",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "text", "kept"), WHOLE, ids=[text[:40] for _, text, _ in WHOLE])
def test_each_fact_goes_to_its_field_and_nothing_is_left(told, asked, text, kept):
    assert told(text, asked) == (kept, "")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("c'est plus chez Moto Passion 71, 3 rue Foch, c'est pas sûr", "entreprise"),
        ("chez Moto Passion 71 ou alors au garage Bouchot", "entreprise"),
        ("mon frère habite à Roubaix et il est suivi par la mission locale", "suivi_par"),
        ("je suis salarié chez Logirhône, 40 avenue Jean Jaurès", "entreprise"),
        ("je suis boulanger à Lyon", "metier"),
        ("Sin-Dni la Rényon 97400", "nom"),
        ("garage Bouchot 0478612209 du 4 au 15 janvier", "telephone"),
        ("suivie par le conseil en évolution professionnelle chez Catalys et je cherche un emploi", "entreprise"),
    ],
)
def test_what_is_denied_doubted_or_of_somebody_else_is_left(told, text, field):
    assert field not in told(text)[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("mission locale de Lyon, inscrit depuis mars", "inscritdepuismars"),
        ("du 4 au 15 janvier 9h-12h. on fait quoi le midi ?", "onfaitquoilemidi"),
    ],
)
def test_what_is_not_understood_stays_the_message(told, text, left):
    words, rest = told(text)
    assert words
    assert rest == left


def test_another_firm_s_name_alone_takes_no_host_s_place(told):
    words, _ = told("8 avenue Baudin à Limoges, c'est la crèche au rez de chaussée", "adresse", entreprise="Bois Clair")
    assert "entreprise" not in words


def test_an_address_is_of_whoever_it_names(told):
    words, _ = told("karim@exemple.fr et moi c'est lea.noe@exemple.fr", "tuteur", tuteur="Karim Haddad, chef d'atelier")
    assert (words.get("tuteur_email"), words.get("email")) == ("karim@exemple.fr", "lea.noe@exemple.fr")


@pytest.mark.parametrize(
    "text", ["", "   ", "?", "é" * 4000, "mon tuteur c'est", "05/07", "@@@", "le le le le", "1 2 3 4 5 6"]
)
def test_anything_is_laid_out_without_a_fault(told, text):
    assert told(text)[0] in ({}, {"date_debut": "05/07"})


def test_one_s_own_address_is_one_s_own_though_the_tutor_bears_the_same_name(told):
    words, _ = told(
        "lea.martin@exemple.fr 06 12 34 56 78", "contact", tuteur="Paul Martin, gérant", prenom="Léa", nom="Martine"
    )
    assert words == {"email": "lea.martin@exemple.fr", "telephone": "06 12 34 56 78"}
