"""A lively desk: demandes in every state, conversations, templates, counts; all invented."""

from datetime import date, timedelta

from bot.casework import amend, annotate, change_status, transfer
from bot.dashboard.models import ReplyTemplate
from bot.domain.demande import Changement, Role, Statut
from bot.storage.models import Compte, DemandeRow, HandoffRow, Heartbeat, Lacune, Outgoing, RelayedMessage
from bot.storage.stores import DjangoDemandeStore
from tests.dashboard.office import NOW, born, sent

PEOPLE = (
    ("Lina", "Durand", "Boulanger"), ("Yanis", "Petit", "Menuisier"), ("Chloé", "Martin", "Aide-soignante"),
    ("Noah", "Bernard", "Cuisinier"), ("Inès", "Robert", "Fleuriste"), ("Adam", "Richard", "Boulanger"),
    ("Jade", "Simon", "Boulanger"), ("Sacha", "Laurent", "Cuisinier"), ("Louna", "Michel", "Cuisinier"),
    ("Ethan", "Garcia", "Mécanicien automobile"), ("Zoé", "Thomas", "Secrétaire médicale"), ("Nino", "Roux", "Boulanger"),
)  # fmt: skip


def furnish(clock, organisme="mission-locale"):
    """Fill the desk; the demande that has lived most."""
    store = DjangoDemandeStore()
    made = []
    for number, (first, last, trade) in enumerate(PEOPLE, 1):
        start = date(2026, 11, 23) + timedelta(days=2 * number)
        made.append(sent(number, organisme, NOW - timedelta(days=3 * number), prenom=first, nom=last, metier=trade,
                         email=f"{first.lower()}.{last.lower()}@exemple.fr".replace("é", "e").replace("è", "e"),
                         date_debut=start.isoformat(), date_fin=(start + timedelta(days=4)).isoformat(),
                         date_naissance=born(17) if number == 3 else born(22), siret=None if number == 5 else "73282932000074"))  # fmt: skip
    lived = made[3]

    def step(one, vers, role=Role.CONSEILLER, auteur="c.martin", **more):
        clock.later(hours=1)
        changed = change_status(one, vers, role=role, auteur=auteur, at=clock.now(), **more)
        store.save(changed)
        DemandeRow.objects.filter(pk=one.id).update(pris_par="c.martin")
        return changed

    lived = step(lived, Statut.PRISE_EN_CHARGE)
    lived = annotate(lived, "Appelé la boulangerie : d'accord pour le matin.", auteur="c.martin", at=clock.now())
    store.save(lived)
    lived = step(
        lived, Statut.A_COMPLETER, motif="Il manque le bon SIRET et l'adresse.", a_completer=("siret", "adresse")
    )
    clock.later(hours=2)
    lived = amend(
        lived,
        (Changement("siret", None, "44306184100047"), Changement("adresse", None, "3 place du Marché 69100 Villeurbanne")),
        auteur=Role.PERSONNE, at=clock.now(), complete=True,
    )  # fmt: skip
    store.save(lived)
    step(made[0], Statut.PRISE_EN_CHARGE)
    step(step(made[1], Statut.PRISE_EN_CHARGE), Statut.A_COMPLETER, motif="Vos horaires ?", a_completer=("horaires",))
    step(step(made[6], Statut.PRISE_EN_CHARGE), Statut.PRETE)
    ready = step(step(made[7], Statut.PRISE_EN_CHARGE), Statut.PRETE)
    step(ready, Statut.CONVENTIONNEE, role=Role.VALIDEUR, auteur="v.blanc")
    step(made[8], Statut.REFUSEE, motif="L'entreprise n'accueille pas cette semaine.")
    store.save(transfer(sent(50, "france-travail", nom="Arrivant", prenom="Paul"), organisme, role=Role.CONSEILLER,
                        auteur="f.noir", at=clock.now(), motif="Suivi par la mission locale."))  # fmt: skip
    sent(60, "a-confirmer", nom="Sanssuite", prenom="Maël")
    lost = Outgoing.objects.create(chat=lived.chat, body={}, created_at=clock.now(), etat="non-remis",
                                   error="403 Forbidden: bot was blocked by the user", demande=lived.id)  # fmt: skip
    RelayedMessage.objects.create(chat=lived.chat, organisme=organisme, demande_id=lived.id, at=clock.now(),
                                  auteur="c.martin", texte="Bonjour Noah, pouvez-vous me rappeler ?", outgoing=lost)  # fmt: skip
    first = HandoffRow.objects.create(chat=7001, organisme=organisme, opened_at=NOW - timedelta(hours=5), urgent=True,
                                      brouillon={"prenom": "Lou", "metier": "Fleuriste"})  # fmt: skip
    RelayedMessage.objects.create(chat=7001, organisme=organisme, handoff=first, at=NOW - timedelta(hours=4),
                                  auteur="personne", texte="Bonjour, je commence lundi et je n'ai pas de convention")  # fmt: skip
    HandoffRow.objects.create(chat=7002, organisme=organisme, opened_at=NOW - timedelta(hours=1), pris_par="c.martin",
                              taken_at=NOW)  # fmt: skip
    ReplyTemplate.objects.create(organisme=organisme, titre="Délai avant le début", passage="duree#maximum",
                                 texte="Bonjour {prenom}, comptez une semaine pour les signatures ({numero}).",
                                 empreinte="ancienne", verifie_par="c.martin", verifie_le=NOW - timedelta(days=40))  # fmt: skip
    ReplyTemplate.objects.create(organisme=organisme, titre="Accusé de réception", verifie_par="c.martin", verifie_le=NOW,
                                 texte="Bonjour {prenom}, votre demande {numero} est bien arrivée.")  # fmt: skip
    today = NOW.date()
    for kind, category, count in (("reponse", "duree", 120), ("refus", "not_in_base", 14), ("refus", "out_of_scope", 9),
                                  ("avis", "utile", 40), ("avis", "inutile pas-clair", 6)):  # fmt: skip
        Compte.objects.create(jour=today, quoi=kind, categorie=category, nombre=count)
    Lacune.objects.create(at=NOW, question="est-ce que mon chien peut venir ?", raison="not_in_base")
    for role in ("intake", "worker", "sender"):
        Heartbeat.objects.create(role=role, at=clock.now() - timedelta(seconds=20))
    return store.get(lived.id)
