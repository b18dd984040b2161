"""One demande: the form's order, why this body, its life, its history, what the person is told."""

import re
from html.parser import HTMLParser

import pytest
from django.db import transaction

from bot.dashboard.form import FORM, LABELS
from bot.dashboard.models import ReplyTemplate
from bot.domain.demande import Champ, Statut
from bot.domain.turn import AnswerTransfer
from bot.storage.effects import apply
from bot.storage.models import DemandeRow, EvenementRow, HandoffRow, Outgoing, RelayedMessage, SessionRow, Trace
from bot.storage.stores import DjangoDemandeStore
from bot.storage.threads import CHANNEL
from tests.dashboard.office import NOW, born, sent

STORE = DjangoDemandeStore()


def post(client, one, part, **data):
    """One act on the demande as it stands."""
    data.setdefault("vu", EvenementRow.objects.filter(demande_id=one.id).count())
    return client.post(f"/demandes/{one.id}/{part}/", data)


def shown(client, one):
    return client.get(f"/demandes/{one.id}/").content.decode()


def told(one):
    """The last thing queued for the person."""
    return Outgoing.objects.filter(chat=one.chat).latest("id").body["reply"]["text"]


def test_every_field_has_one_place_in_the_form():
    fields = [champ for section in FORM for champ, _ in section.champs]
    assert sorted(fields) == sorted(Champ)
    assert len(set(LABELS.values())) == len(LABELS)


def test_the_page_follows_the_order_of_the_official_form(as_role):
    page = shown(as_role("lecture"), sent())
    places = [page.index(f"<h3>{section.titre.replace(chr(39), '&#x27;')}</h3>") for section in FORM
              if section.titre not in ("Représentant légal", "Employeur actuel", "Personne à prévenir en cas d'urgence")]  # fmt: skip
    assert places == sorted(places)


def test_every_known_field_has_its_copy_button(as_role):
    one = sent()
    page = shown(as_role("lecture"), one)
    copied = re.findall(r'data-copie="([^"]*)"', page)
    assert len(copied) == len(one.answers)
    assert {"Durand", "06 12 34 56 78", "14/05/2004", "732 829 320 00074"} <= set(copied)


def test_what_misses_is_said_and_only_that(as_role):
    client = as_role("lecture")
    page = shown(client, sent(1, siret=None, tuteur_email=None))
    assert page.count('<span class="manque-mot">Il manque</span>') == 2
    assert "Il manque 2 éléments" in page
    assert "Rien ne manque" in shown(client, sent(2))


def test_a_minor_s_representative_is_missed(as_role):
    page = shown(as_role("lecture"), sent(date_naissance=born(17)))
    assert "Il manque 3 éléments" in page
    assert "Représentant légal" in page


def test_law_checks_are_said_with_their_article(as_role):
    page = shown(as_role("lecture"), sent(date_fin="2027-01-20"))
    assert "controle-impossible" in page
    assert "D5135-3" in page


def test_why_this_body_names_the_rule_its_inputs_and_the_runner_up(as_role):
    page = shown(as_role("conseiller"), sent())
    for words in (
        "La mission locale vous suit déjà.",
        "Règle R-01",
        "Suivi déclaré",
        "France Travail",
        "aussi inscrit",
        "bénéficiaire du rsa",
    ):
        assert words in page.replace("&#x27;", "'"), words


def test_a_demande_is_taken_and_the_person_is_told_in_plain_french(as_role):
    client, one = as_role("conseiller"), sent()
    assert post(client, one, "statut", vers="prise-en-charge").status_code == 302
    row = DemandeRow.objects.get(pk=one.id)
    assert (row.statut, row.pris_par) == ("prise-en-charge", "mission-locale.conseiller")
    assert one.numero in told(one)
    assert "conseiller" in told(one)


def test_two_counsellors_cannot_take_the_same_version(as_role):
    client, one = as_role("conseiller"), sent()
    post(client, one, "statut", vers="prise-en-charge")
    second = post(client, one, "statut", vers="refusee", motif="Trop tard.", vu=1)
    assert second.status_code == 409
    assert "a changé depuis que vous l&#x27;avez ouverte" in second.content.decode()
    assert DemandeRow.objects.get(pk=one.id).statut == "prise-en-charge"


def test_asking_for_fields_asks_exactly_those_in_the_conversation(as_role):
    client, one = as_role("conseiller"), sent()
    post(client, one, "statut", vers="prise-en-charge")
    post(client, one, "statut", vers="a-completer", motif="Le SIRET ne va pas.", champs=["siret", "adresse"])
    assert STORE.get(one.id).a_completer == ("siret", "adresse")
    session = SessionRow.objects.get(chat=one.chat).body
    assert session["memory"]["wanted"] == ["siret", "adresse"]
    assert "siret" not in session["answers"]
    assert "nom" in session["answers"]
    assert "Le SIRET ne va pas." in told(one)


@pytest.mark.parametrize(
    ("data", "said"),
    [({"motif": "", "champs": "siret"}, "Écrivez la raison"), ({"motif": "Pour voir"}, "Cochez au moins un champ")],
)
def test_asking_without_a_reason_or_a_field_says_what_would_be_right_and_keeps_what_was_typed(as_role, data, said):
    client, one = as_role("conseiller"), sent()
    post(client, one, "statut", vers="prise-en-charge")
    page = post(client, one, "statut", vers="a-completer", **data)
    text = page.content.decode()
    assert page.status_code == 422
    assert said in text
    assert data["motif"] in text
    assert ('value="siret" checked' in text) is ("champs" in data)
    assert STORE.get(one.id).statut is Statut.PRISE_EN_CHARGE


def test_the_new_version_comes_back_with_its_differences(as_role, desk):
    client, one = as_role("conseiller"), sent()
    post(client, one, "statut", vers="prise-en-charge")
    post(client, one, "statut", vers="a-completer", motif="SIRET ?", champs="siret")
    post(client, one, "modifier", **form_of(client, one, siret="44306184100047"), complete="oui")
    page = shown(client, one)
    assert "Ce qui a changé depuis votre demande" in page
    assert "732 829 320 00074</del>" in page
    assert "443 061 841 00047</ins>" in page
    assert STORE.get(one.id).statut is Statut.COMPLETEE


def test_a_transfer_asks_the_person_first_and_keeps_the_history(as_role, client):
    one = sent()
    mine = as_role("conseiller")
    post(mine, one, "statut", vers="prise-en-charge")
    response = post(mine, one, "transfert", organisme="cap-emploi", motif="Suivie par Cap emploi.")
    assert response["Location"] == f"/demandes/{one.id}/"
    assert STORE.get(one.id).organisme == "mission-locale"
    assert "Cap emploi" in told(one)
    assert "Transfert proposé à la personne" in shown(mine, one)
    with transaction.atomic():
        apply([AnswerTransfer(one.id, accepte=True)], chat=one.chat, at=NOW)
    moved = STORE.get(one.id)
    assert (moved.organisme, moved.statut, len(moved.evenements)) == ("cap-emploi", Statut.NOUVELLE, 4)
    assert mine.get(f"/demandes/{one.id}/").status_code == 404
    assert DemandeRow.objects.get(pk=one.id).pris_par == ""
    other = as_role("lecture", "cap-emploi")
    assert "Transférée de La mission locale à Cap emploi" in shown(other, one)


@pytest.mark.parametrize(
    ("data", "said"),
    [({"organisme": "cap-emploi"}, "Écrivez la raison"), ({"organisme": "pirates", "motif": "x"}, "Choisissez")],
)
def test_a_transfer_needs_a_body_and_a_reason(as_role, data, said):
    client, one = as_role("conseiller"), sent()
    page = post(client, one, "transfert", **data)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert STORE.get(one.id) == one


def test_a_note_is_private(as_role):
    client, one = as_role("conseiller"), sent()
    post(client, one, "note", note="Parle mal de moi ?")
    assert "Parle mal de moi ?" in shown(client, one)
    assert not Outgoing.objects.exists()
    assert "Parle mal" not in client.get(f"/demandes/{one.id}/json/").content.decode()


def test_an_event_can_only_be_added(as_role):
    client, one = as_role("responsable"), sent()
    before = list(EvenementRow.objects.values())
    post(client, one, "statut", vers="prise-en-charge")
    post(client, one, "note", note="x")
    assert list(EvenementRow.objects.order_by("id").values())[: len(before)] == before


def test_a_message_reaches_the_person_signed_by_the_body(as_role):
    client, one = as_role("conseiller"), sent()
    post(client, one, "message", message="Pouvez-vous m'appeler ?")
    row = RelayedMessage.objects.get()
    assert (row.auteur, row.texte, str(row.demande_id)) == (
        "mission-locale.conseiller",
        "Pouvez-vous m'appeler ?",
        one.id,
    )
    assert "Pouvez-vous m'appeler ?" in told(one)
    assert "Pouvez-vous" in shown(client, one)


def test_an_empty_message_is_refused_beside_its_field(as_role):
    client, one = as_role("conseiller"), sent()
    page = post(client, one, "message", message="  \n ")
    assert page.status_code == 422
    assert 'aria-describedby="a-message e-message"' in page.content.decode()


def test_a_message_that_was_not_delivered_says_so(as_role):
    client, one = as_role("conseiller"), sent()
    post(client, one, "message", message="Bonjour")
    Outgoing.objects.update(etat="non-remis", error="403 Forbidden: bot was blocked by the user")
    page = shown(client, one)
    assert page.count("Non remis : le destinataire a bloqué le bot.") == 2
    assert "le destinataire a bloqué le bot" in client.get("/etat/").content.decode()


def test_writing_opens_the_channel_by_which_the_person_answers(as_role):
    client, one = as_role("conseiller"), sent()
    post(client, one, "message", message="Bonjour")
    row = HandoffRow.objects.get()
    assert (row.chat, row.pris_par, row.taken_at, row.attend_depuis) == (
        one.chat,
        "mission-locale.conseiller",
        NOW,
        None,
    )
    assert row.jusqu_a == NOW + CHANNEL
    assert "peut répondre jusqu&#x27;au 28/11 à 10:00" in shown(client, one) or "jusqu'au 28/11 à 10:00" in shown(
        client, one
    )
    post(client, one, "message", message="Encore moi")
    assert HandoffRow.objects.count() == 1


def test_a_conversation_held_by_another_body_is_left_to_it(as_role):
    client, one = as_role("conseiller"), sent()
    HandoffRow.objects.create(chat=one.chat, organisme="cap-emploi", opened_at=NOW)
    post(client, one, "message", message="Bonjour")
    assert HandoffRow.objects.count() == 1
    assert HandoffRow.objects.get().pris_par == ""
    assert "Un autre organisme est déjà en conversation" in shown(client, one)


def test_a_template_is_filled_for_this_person(as_role):
    client, one = as_role("conseiller"), sent()
    row = ReplyTemplate.objects.create(organisme="mission-locale", titre="Suite", verifie_par="x", verifie_le=NOW,
                                       texte="Bonjour {prenom}, {numero} {autre} avance.")  # fmt: skip
    page = client.get(f"/demandes/{one.id}/?modele={row.pk}").content.decode()
    assert f"Bonjour Lina, {one.numero} {{autre}} avance.</textarea>" in page


def test_a_template_says_that_its_passage_changed(as_role, desk):
    client = as_role("conseiller")
    ref = next(iter(desk.passages()))
    data = {"organisme": "mission-locale", "titre": "Durée", "texte": "Un mois.", "passage": ref}
    client.post("/modeles/nouveau/", data)
    assert "a changé" not in client.get("/modeles/").content.decode()
    ReplyTemplate.objects.update(empreinte="ce que disait la fiche avant")
    assert "a changé. Relisez le modèle" in client.get("/modeles/").content.decode()
    client.post(f"/modeles/{ReplyTemplate.objects.get().pk}/verifier/")
    assert "a changé" not in client.get("/modeles/").content.decode()
    ReplyTemplate.objects.update(passage="fiche#disparue")
    page = client.get("/modeles/").content.decode()
    assert "existe plus" in page
    assert client.get(f"/modeles/{ReplyTemplate.objects.get().pk}/").status_code == 200


def form_of(client, one, **changes):
    """What the editing page would send, changed."""
    page = client.get(f"/demandes/{one.id}/modifier/").content.decode()
    data = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = (re.search(rf' {attribute}="([^"]*)"', tag) for attribute in ("name", "value"))
        if (
            name
            and name.group(1) not in ("csrfmiddlewaretoken", "complete")
            and ("checkbox" not in tag or "checked" in tag)
        ):
            data.setdefault(name.group(1), []).append(value.group(1) if value else "")
    for name, inside in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        data[name] = chosen.group(1) if chosen else ""
    data |= dict(re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL))
    data.pop("vu", None)
    return data | changes


def test_saving_the_form_untouched_changes_nothing(as_role):
    client, one = as_role("conseiller"), sent()
    assert post(client, one, "modifier", **form_of(client, one)).status_code == 302
    assert STORE.get(one.id) == one


def test_a_change_keeps_what_it_replaced(as_role):
    client, one = as_role("conseiller"), sent()
    data = form_of(client, one, telephone="06 98 76 54 32", date_fin="2026-12-10", rsa="oui", horaires_heures="32,5")
    assert post(client, one, "modifier", **data).status_code == 302
    after = STORE.get(one.id)
    assert after.answers["telephone"] == "+33698765432"
    assert after.answers["rsa"] is True
    assert after.answers["horaires"]["heures_semaine"] == 32.5
    assert after.version == 2
    page = shown(client, one)
    assert "06 12 34 56 78</del>" in page
    assert "06 98 76 54 32</ins>" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("siret", "12345678901234", "SIRET"),
        ("email", "lina@", "adresse"),
        ("telephone", "12", "numéro"),
        ("date_debut", "32/13/2026", "date"),
        ("date_fin", "2026-12-01", "avant la date de début"),
        ("commune_code", "9910", "cinq chiffres"),
        ("horaires_heures", "beaucoup", "heures"),
        ("horaires_plages", "le matin", "plages"),
        ("objectif", "travailler", "liste"),
        ("activites", "x" * 2001, "trop long"),
    ],
)
def test_what_does_not_fit_a_field_is_said_beside_it_and_nothing_is_kept(as_role, field, typed, said):
    client, one = as_role("conseiller"), sent()
    page = post(client, one, "modifier", **form_of(client, one, **{field: typed}))
    assert page.status_code == 422
    text = page.content.decode()
    assert said in re.search(r'<p class="errorlist" id="e-[^"]*">(.*?)</p>', text).group(1)
    assert STORE.get(one.id) == one


def test_a_closed_demande_is_not_modified(as_role):
    client, one = as_role("conseiller"), sent()
    data = form_of(client, one, nom="Autre")
    post(client, one, "statut", vers="refusee", motif="Non.")
    assert post(client, one, "modifier", **data).status_code == 422
    assert STORE.get(one.id).answers["nom"] == "Durand"


def test_data_is_exported_on_demand_with_a_trace(as_role):
    client, one = as_role("responsable"), sent()
    post(client, one, "note", note="Note visible sur demande.")
    data = post(client, one, "donnees").json()
    assert data["champs"]["nom"] == "Durand"
    assert any(event["motif"] == "Note visible sur demande." for event in data["evenements"])
    trace = Trace.objects.get()
    assert (trace.quoi, trace.auteur, trace.nombre) == ("export", "mission-locale.responsable", 1)


def test_erasing_needs_the_number_leaves_a_trace_and_tells_the_person(as_role):
    client, one = as_role("responsable"), sent()
    post(client, one, "message", message="Bonjour")
    assert client.post(f"/demandes/{one.id}/effacer/", {"numero": "2026"}).status_code == 422
    assert client.post(f"/demandes/{one.id}/effacer/", {"numero": one.numero.lower()}).status_code == 302
    assert STORE.get(one.id) is None
    assert not RelayedMessage.objects.exists()
    assert not EvenementRow.objects.exists()
    assert Trace.objects.get().quoi == "effacement"
    assert "effacée" in told(one)
    assert client.get(f"/demandes/{one.id}/").status_code == 404


def test_retention_is_shown(as_role):
    assert "Conservée jusqu'au 23/11/2028" in shown(as_role("lecture"), sent())


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7|add:7 }}{% csrf_token %}",
        "' onfocus='alert(1)",
    ],
)
def test_what_people_type_is_shown_and_never_run(as_role, evil):
    client = as_role("responsable")
    one = sent(nom=evil, metier=evil, entreprise=evil, activites=evil, commune={"nom": evil, "code_postal": None})
    post(client, one, "note", note=evil)
    post(client, one, "message", message=evil)
    client.post("/demandes/recherche/", {"q": evil})
    client.post("/vues/", {"nom": evil, "requete": evil})
    for path in (f"/demandes/{one.id}/", f"/demandes/{one.id}/modifier/", "/demandes/?statut=toutes", "/chiffres/"):
        tags = Tags()
        tags.feed(client.get(path).content.decode())
        assert tags.scripts == 1, path
        assert tags.handlers == [], path
        assert path == "/chiffres/" or evil in tags.said, path


class Tags(HTMLParser):
    """What a browser would run, and what it would show."""

    def __init__(self):
        super().__init__()
        self.scripts, self.handlers, self.said = 0, [], ""

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.said += "".join(value or "" for name, value in attrs if name == "value")

    def handle_data(self, data):
        self.said += data


def test_a_demande_with_nothing_in_it_is_still_readable(as_role):
    client = as_role("responsable")
    empty = dict.fromkeys(sent(9).answers)
    one = sent(10, **empty)
    assert one.answers == {}
    for part in ("", "texte/", "pdf/", "json/", "brouillon/", "agenda/", "modifier/"):
        assert client.get(f"/demandes/{one.id}/{part}").status_code == 200, part
    assert "Nom non donné" in client.get("/demandes/").content.decode()
