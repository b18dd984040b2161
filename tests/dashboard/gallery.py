"""Every page of the desk, in every state one may meet it in: for axe, for the HTML checker, for the scales."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.contrib.auth.tokens import default_token_generator
from django.test import Client

from bot.casework import annotate
from bot.dashboard import accounts, courrier, totp
from bot.dashboard.desk import desk, install
from bot.dashboard.middleware import KEPT
from bot.dashboard.models import (
    Membership,
    Ouverture,
    Preference,
    ReplyTemplate,
    SavedView,
    SecondFactor,
    SourceVue,
)
from bot.dashboard.oidc import Provider
from bot.dashboard.views import public
from bot.domain.demande import CLOS, Statut
from bot.storage.models import DemandeRow, EvenementRow, HandoffRow, Lacune, RelayedMessage, Trace
from bot.storage.stores import DjangoDemandeStore
from tests.dashboard.office import NOW, PASSWORD, born, member, sent, signed_in
from tests.dashboard.scenery import furnish

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
BODY = "mission-locale"
LONG = "Anne-Charlotte-Marguerite"
WORDS = (
    "Bonjour, je voudrais savoir si mes horaires du mercredi vont encore, et où je dois aller le premier jour. Merci."
)


@dataclass(frozen=True)
class Shown:
    """One page as it was answered."""

    name: str
    path: str
    html: str


@dataclass
class Gallery:
    """The pages asked for so far; a page that answers something else than foreseen is an error of the gallery."""

    clock: object
    shown: list[Shown] = field(default_factory=list)

    def enter(self, user):
        """A browser in which this account has just signed in."""
        client = signed_in(Client(), user)
        session = client.session
        session.update({"entree": self.clock.now().isoformat(), "vue": self.clock.now().isoformat()})
        session.save()
        return client

    def keep(self, name, response, status=200):
        assert response.status_code == status, (name, response.status_code, response.content[:300])
        self.shown.append(Shown(name, response.request["PATH_INFO"], response.content.decode()))

    def get(self, name, client, path, status=200):
        self.keep(name, client.get(path, follow=True), status)

    def post(self, name, client, path, data=None, status=200):
        self.keep(name, client.post(path, data or {}, follow=True), status)


def gallery(clock):
    """All of them, on a desk that has lived."""
    made = Gallery(clock)
    _without_an_account(made)
    _empty(made)
    lived = furnish(clock)
    user = member("responsable", name="c.martin")
    member("lecture", "france-travail", name="c.martin")
    colleague = member("valideur", name="v.blanc")
    Preference.objects.create(
        user=colleague, absent_du=clock.now().date(), absent_au=date(2026, 12, 4), remplacant=user
    )
    _crowd()
    _threads(made, user, lived)
    client = made.enter(user)
    _lists(made, client)
    _requests(made, client, lived)
    _around(made, client, user)
    _refusals(made, lived)
    return made.shown


def _without_an_account(made):
    client = Client()
    made.get("connexion", client, "/connexion/")
    made.post("connexion vide", client, "/connexion/", {"nom": ""}, 422)
    for _ in range(6):
        made_of = client.post("/connexion/", {"nom": "inconnu", "mot_de_passe": "faux"})
    made.keep("connexion attente", made_of, 422)
    made.get("connexion demandée", client, "/demandes/")
    made.get("accessibilité", client, "/accessibilite/")
    made.get("oubli", client, "/mot-de-passe-oublie/")
    made.post("oubli erreur", client, "/mot-de-passe-oublie/", {"email": "x"}, 422)
    made.post("oubli parti", client, "/mot-de-passe-oublie/", {"email": "c@exemple.fr"})
    made.get("page absente", client, "/absente/", 404)
    made.get("invitation perdue", client, "/invitation/perdue/", 410)
    _, token = accounts.invite("a@exemple.fr", BODY, "conseiller", by="c.martin", now=made.clock.now())
    made.get("invitation", client, f"/invitation/{token}/")
    made.post(
        "invitation erreur", client, "/invitation/", {"identifiant": "a", "nouveau": "court", "encore": "autre"}, 422
    )
    user = member("conseiller", name="c.perdu")
    link = f"/nouveau-mot-de-passe/{user.pk}/{default_token_generator.make_token(user)}/"
    made.get("nouveau mot de passe", client, link)
    made.post("nouveau mot de passe erreur", client, "/nouveau-mot-de-passe/", {"nouveau": "court", "encore": "x"}, 422)
    joining = made.enter(user)
    _, token = accounts.invite("c.perdu@exemple.fr", "cap-emploi", "lecture", by="x", now=made.clock.now())
    made.get("invitation d'un membre", joining, f"/invitation/{token}/")
    stop = courrier.stop_link(desk(), user, "urgent").removeprefix(desk().public_url.rstrip("/"))
    made.get("avis stop", client, stop)
    made.post("avis stop fait", client, stop)
    made.get("avis stop inconnu", client, "/avis/stop/x/", 410)
    SecondFactor.objects.create(user=user, secret=SECRET, actif=True)
    made.post("code", Client(), "/connexion/", {"nom": "c.perdu", "mot_de_passe": PASSWORD})
    second = Client()
    second.post("/connexion/", {"nom": "c.perdu", "mot_de_passe": PASSWORD})
    made.post("code faux", second, "/connexion/code/", {"code": "000000"}, 422)
    mine = desk()
    install(replace(mine, oidc=Provider("http://127.0.0.1:9", "bureau", "secret", "Fournisseur")))
    made.get("connexion ailleurs", Client(), "/connexion/")
    made.get("connexion ailleurs refusée", Client(), "/connexion/ailleurs/", 403)
    install(mine)
    for name, answer in (("erreur 400", public.invalide(None)), ("erreur 500", public.panne(None))):
        made.shown.append(Shown(name, "/erreur/", answer.content.decode()))


def _empty(made):
    client = made.enter(member("responsable", name="c.seule"))
    for name, path in (("vide", "/demandes/"), ("vide, de côté", "/demandes/?statut=de-cote"), ("vide, filtré", "/demandes/?mineur=oui"),
                       ("conversations vide", "/conversations/"), ("conversations vide, en cours", "/conversations/?etape=en-cours"),
                       ("conversations vide, terminées", "/conversations/?etape=terminees"), ("modèles vide", "/modeles/"),
                       ("chiffres vide", "/chiffres/"), ("base vide", "/base/"), ("activité vide", "/compte/activite/"),
                       ("état vide", "/etat/")):  # fmt: skip
        made.get(name, client, path)
    alone = member("lecture", name="c.sans")
    Membership.objects.filter(user=alone).delete()
    made.get("compte sans organisme", made.enter(alone), "/compte/")


def _crowd():
    """Enough for two pages, with the longest names one meets."""
    for number in range(100, 136):
        start = date(2026, 11, 23) + timedelta(days=number % 50)
        sent(number, prenom=LONG, nom=f"de la Roche-Foucauld-{number}", entreprise="Établissements Chaussegros et Fils, succursale",
             metier="Technicien de maintenance en génie climatique", date_debut=start.isoformat(), siret=None, tuteur_email=None,
             date_fin=(start + timedelta(days=40)).isoformat(), date_naissance=born(16), email=f"p{number}@exemple.fr")  # fmt: skip


def _threads(made, user, lived):
    now = made.clock.now()
    HandoffRow.objects.filter(urgent=True).update(danger="suicide", danger_at=NOW, danger_dit="3114")
    HandoffRow.objects.create(chat=7003, organisme=BODY, opened_at=NOW, danger="violence", danger_at=NOW, danger_dit="17",
                              origine=HandoffRow.Origine.ALERTE)  # fmt: skip
    HandoffRow.objects.create(chat=7004, organisme=BODY, opened_at=NOW, taken_at=NOW, pris_par="v.blanc", danger="accident",
                              danger_at=NOW, danger_vu_at=now, danger_vu_par="v.blanc", attend_depuis=NOW)  # fmt: skip
    over = HandoffRow.objects.create(chat=7005, organisme=BODY, opened_at=NOW, taken_at=NOW, closed_at=now)
    full = HandoffRow.objects.create(chat=lived.chat, organisme=BODY, opened_at=NOW, taken_at=NOW, pris_par="c.martin",
                                     jusqu_a=now + timedelta(hours=30))  # fmt: skip
    RelayedMessage.objects.bulk_create(
        RelayedMessage(chat=lived.chat, organisme=BODY, handoff=full, at=NOW + timedelta(minutes=rank), texte=WORDS,
                       auteur="c.martin" if rank % 2 else "personne", demande_id=lived.id if rank % 3 else None)
        for rank in range(260)
    )  # fmt: skip
    client = made.enter(user)
    for tab in ("a-repondre", "en-cours", "terminees"):
        made.get(f"conversations {tab}", client, f"/conversations/?etape={tab}")
    for row in HandoffRow.objects.filter(organisme=BODY).exclude(pk__in=[over.pk, full.pk]):
        made.get(f"conversation {row.chat}", client, f"/conversations/{row.pk}/")
    made.get("conversation terminée", client, f"/conversations/{over.pk}/")
    made.get("conversation longue", client, f"/conversations/{full.pk}/")
    model = ReplyTemplate.objects.first().pk
    made.get("conversation, modèle choisi", client, f"/conversations/{full.pk}/?modele={model}")
    made.post("conversation, réponse vide", client, f"/conversations/{full.pk}/repondre/", {"message": " "}, 422)
    made.post("conversation, trop tard", client, f"/conversations/{over.pk}/repondre/", {"message": "Bonjour"}, 409)


def _lists(made, client):
    SavedView.objects.create(user_id=client.session["_auth_user_id"], nom="Mineurs qui débutent", requete="mineur=oui&debut=30",
                             partagee=BODY)  # fmt: skip
    for name, path in (("demandes", "/demandes/"), ("demandes, page 2", "/demandes/?statut=toutes&page=2"),
                       ("demandes cochées", "/demandes/?cocher=tout"), ("demandes, vue", "/demandes/?mineur=oui&debut=30"),
                       ("demandes filtrées", "/demandes/?statut=toutes&debut=30&departement=69&tri=attente&pour=moi"),
                       *((f"demandes {tab}", f"/demandes/?statut={tab}") for tab in ("a-completer", "ouvertes", "closes", "toutes"))):  # fmt: skip
        made.get(name, client, path)
    DemandeRow.objects.filter(numero="2026-T00130").update(rappel_le=date(2026, 12, 20))
    made.get("demandes de côté", client, "/demandes/?statut=de-cote")
    made.post("recherche corrigée", client, "/demandes/recherche/", {"q": "boullanger"})
    made.post("recherche vaine", client, "/demandes/recherche/", {"q": "introuvable"})
    made.post("recherche effacée", client, "/demandes/recherche/", {"q": ""})
    made.post("lot, rien de coché", client, "/demandes/lot/", {"geste": "prendre"})
    some = [
        str(pk) for pk in DemandeRow.objects.filter(nom_recherche__contains="roche").values_list("pk", flat=True)[:7]
    ]
    made.post("lot pris", client, "/demandes/lot/", {"geste": "prendre", "demande": some})
    made.get("mon activité", client, "/compte/activite/")


def _requests(made, client, lived):
    inside = f"/demandes/{lived.id}/"
    seen = EvenementRow.objects.filter(demande_id=lived.id).count()
    made.get("demande complétée", client, inside)
    made.get("demande, modèle choisi", client, f"{inside}?modele={ReplyTemplate.objects.first().pk}")
    made.get("modifier", client, f"{inside}modifier/")
    made.post(
        "modifier, erreurs",
        client,
        f"{inside}modifier/",
        {"siret": "12", "email": "x", "date_debut": "hier", "vu": seen},
        422,
    )
    made.post("modifier, conflit", client, f"{inside}modifier/", {"siret": "12", "metier": "Pâtissier", "vu": 1}, 409)
    made.get("effacer", client, f"{inside}effacer/")
    made.post("effacer, erreur", client, f"{inside}effacer/", {"numero": "x"}, 422)
    for part, data in (("note", {"note": ""}), ("message", {"message": ""}), ("transfert", {"organisme": "cap-emploi"}),
                       ("statut", {"vers": "a-completer"}), ("statut", {"vers": "refusee"}), ("rappel", {"jour": "hier"}),
                       ("attribuer", {"membre": "inconnu"})):  # fmt: skip
        made.post(
            f"demande, erreur {part} {data.get('vers', '')}", client, f"{inside}{part}/", data | {"vu": seen}, 422
        )
    made.post("demande, conflit", client, f"{inside}statut/", {"vers": "refusee", "motif": "Non.", "vu": 1}, 409)
    made.post("demande, confiée", client, f"{inside}attribuer/", {"membre": "v.blanc", "vu": seen})
    made.post("demande, annulable", client, f"{inside}statut/", {"vers": "refusee", "motif": "Non.", "vu": seen + 1})
    store = DjangoDemandeStore()
    for number, statut in enumerate(Statut, 200):
        one = sent(number, siret=None if statut is Statut.PRETE else "73282932000074", nom=statut.value, email=f"s{number}@exemple.fr",
                   telephone=f"+336398800{number - 200:02}")  # fmt: skip
        DemandeRow.objects.filter(pk=one.id).update(
            statut=statut.value, pris_par="" if statut is Statut.NOUVELLE else "v.blanc",
            convention="IF 2026-77" if statut is Statut.CONVENTIONNEE else "",
            a_completer=["siret", "horaires"] if statut is Statut.A_COMPLETER else [],
        )  # fmt: skip
        made.get(f"demande {statut.value}", client, f"/demandes/{one.id}/")
        if statut is Statut.REFUSEE:
            made.post("demande rouverte, sans raison", client, f"/demandes/{one.id}/statut/",
                      {"vers": "prise-en-charge", "vu": 1}, 422)  # fmt: skip
        if statut is Statut.PRETE:
            made.post("demande, convention sans numéro", client, f"/demandes/{one.id}/statut/",
                      {"vers": "conventionnee", "vu": 1, "confirme": "oui"}, 422)  # fmt: skip
    made.post(
        "demande, raison sans place",
        client,
        f"/demandes/{one.id}/statut/",
        {"vers": "refusee", "motif": WORDS, "vu": 9},
        409,
    )
    long = sent(300, nom="Longuement", email="long@exemple.fr", telephone="+33639880099", activites=f"{WORDS}\n" * 12)
    for rank in range(60):
        noted = annotate(store.get(long.id), WORDS, auteur="c.martin", at=made.clock.now() + timedelta(minutes=rank))
        store.save(noted)
    made.get("demande longue", client, f"/demandes/{long.id}/")
    assert {one.value for one in CLOS} <= set(DemandeRow.objects.values_list("statut", flat=True))
    made.get("demande à trier", client, f"/demandes/{DemandeRow.objects.filter(organisme='a-confirmer').first().pk}/")


def _around(made, client, user):
    made.get("modèles", client, "/modeles/")
    made.get("modèle", client, f"/modeles/{ReplyTemplate.objects.first().pk}/")
    made.get("modèle nouveau", client, "/modeles/nouveau/")
    made.post("modèle, erreurs", client, "/modeles/nouveau/", {"titre": "", "texte": "Bonjour {age}"}, 422)
    accounts.invite("b@exemple.fr", BODY, "valideur", by="c.martin", now=made.clock.now())
    made.get("équipe", client, "/equipe/")
    made.post("équipe, erreur", client, f"/equipe/{BODY}/inviter/", {"email": "x", "role": ""}, 422)
    made.get("être prévenu", client, "/avis/")
    made.post("être prévenu, erreurs", client, "/avis/", {"absent_au": "2026-12-01"}, 422)
    made.get("raccourcis", client, "/raccourcis/")
    made.get("chiffres", client, "/chiffres/")
    made.get("chiffres, un an", client, "/chiffres/?semaines=52")
    Lacune.objects.create(
        at=NOW, question="est-ce que mon chat peut venir ?", raison="avis pas-clair", passages=["duree#maximum"]
    )
    citation = next(one for passage in desk().passages().values() for one in passage.citations)
    SourceVue.objects.create(url=citation.url, at=NOW, etat="404", bien=False)
    made.get("base", client, "/base/")
    made.get("état", client, "/etat/")
    Trace.objects.create(at=NOW, auteur="c.martin", quoi="export", nombre=12)
    made.get("activité", client, "/compte/activite/")
    Ouverture.objects.create(user=user, cle="autre", depuis=NOW, appareil="Firefox sur Linux")
    made.get("compte", client, "/compte/")
    made.post(
        "compte, mot de passe refusé",
        client,
        "/compte/mot-de-passe/",
        {"actuel": "x", "nouveau": "y", "encore": "z"},
        422,
    )
    made.post("compte, double", client, "/compte/double-authentification/", {"geste": "preparer"})
    made.post(
        "compte, double, erreur", client, "/compte/double-authentification/", {"geste": "activer", "code": "0"}, 422
    )
    SecondFactor.objects.filter(user=user).update(secret=SECRET)
    now = made.clock.now()
    code = totp.code_at(SECRET, int(now.timestamp()) // totp.STEP)
    made.post(
        "compte, codes de secours", client, "/compte/double-authentification/", {"geste": "activer", "code": code}
    )
    made.get("compte, double active", client, "/compte/")
    session = client.session
    session[KEPT] = {"vers": "/demandes/", "page": "/demandes/", "champs": {"message": [WORDS]}}
    session.save()
    made.get("reprise", client, "/connexion/reprise/")


def _refusals(made, lived):
    reader = made.enter(member("lecture", name="l.lecture"))
    made.get("demandes en lecture", reader, "/demandes/")
    made.get("demande en lecture", reader, f"/demandes/{lived.id}/")
    made.get("refus", reader, "/equipe/", 403)
    strict = Client(enforce_csrf_checks=True)
    made.post("formulaire expiré", strict, "/connexion/", status=403)
    made.post("déconnexion", reader, "/deconnexion/")
