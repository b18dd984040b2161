"""Tables: the inbox of raw updates, sessions, the outbox, demandes with their events, and counts."""

from typing import Any

from django.db import models

from bot.errors import ConflictError


class Update(models.Model):
    """A raw update, stored before it is acknowledged; its payload is emptied once it is handled."""

    update_id = models.BigIntegerField(unique=True)
    chat = models.BigIntegerField(null=True, db_index=True)
    payload = models.JSONField()
    received_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    press = models.BooleanField(default=False, db_default=False)
    """Whether it is a press of a button, which the emptied payload no longer tells: floods are counted by it."""

    class Meta:
        """Indexes for the oldest pending update of a chat."""

        indexes = (
            models.Index(fields=["chat", "done_at", "update_id"]),
            # Few have one, and the status page counts those that were set aside.
            models.Index(fields=["error"], condition=~models.Q(error=""), name="update_with_error"),
        )


class SessionRow(models.Model):
    """One conversation, as `session_to_json` writes it."""

    chat = models.BigIntegerField(primary_key=True)
    body = models.JSONField()
    updated_at = models.DateTimeField(null=True, db_index=True)


class Replies(models.QuerySet["Outgoing"]):
    """Replies, deleted where they are: a chat has thousands, and none of them is to be read for that."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete them; the counsellors' words that they carried stay, without them."""
        RelayedMessage.objects.filter(outgoing__in=self.values("pk")).update(outgoing=None)
        return super().delete()


class Outgoing(models.Model):
    """A reply waiting to be delivered, or delivered; emptied after delivery."""

    class Etat(models.TextChoices):
        """Delivery."""

        A_ENVOYER = "a-envoyer", "à envoyer"
        REMIS = "remis", "remis"
        NON_REMIS = "non-remis", "non remis"

    chat = models.BigIntegerField(db_index=True)
    body = models.JSONField()
    created_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.A_ENVOYER, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    """The process that is sending it, which alone may."""
    claimed_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    demande = models.CharField(max_length=36, blank=True)
    """The demande that a counsellor's message is about, so that "non remis" shows on it."""

    objects = Replies.as_manager()

    class Meta:
        """Indexes for the first undelivered reply of a chat."""

        indexes = (models.Index(fields=["etat", "chat", "id"]),)


class DemandeRow(models.Model):
    """A sent demande. Search and sort columns are copied from `answers` when it is saved."""

    id = models.UUIDField(primary_key=True)
    numero = models.CharField(max_length=20, unique=True)
    chat = models.BigIntegerField(db_index=True)
    organisme = models.CharField(max_length=40, db_index=True)
    statut = models.CharField(max_length=24, db_index=True)
    dispositif = models.CharField(max_length=32)
    version = models.PositiveIntegerField(default=1)
    answers = models.JSONField()
    orientation = models.JSONField(default=dict)
    a_completer = models.JSONField(default=list)
    envoyee_le = models.DateTimeField(db_index=True)
    updated_at = models.DateTimeField(db_index=True)
    """When anything last happened to it."""
    envoyee_jour = models.DateField(null=True)
    """The day it was sent, in Paris; with the two that follow, what the figures count instead of reading histories."""
    prise_jour = models.DateField(null=True)
    """The day somebody first took it; null: nobody has."""
    signee_jour = models.DateField(null=True)
    """The day its convention was signed; null: it is not, or no longer."""
    pris_par = models.CharField(max_length=150, blank=True)
    nom_recherche = models.CharField(max_length=200, blank=True, db_index=True)
    """`prenom nom`, lower case without accents."""
    email = models.CharField(max_length=254, blank=True, db_index=True)
    siret = models.CharField(max_length=14, blank=True, db_index=True)
    metier = models.CharField(max_length=200, blank=True, db_index=True)
    departement = models.CharField(max_length=3, blank=True, db_index=True)
    bureau = models.CharField(max_length=80, blank=True, db_default="", default="", db_index=True)
    """The identifier of the local office, empty for the network's own queue."""
    bureau_nom = models.CharField(max_length=255, blank=True, db_default="", default="")
    date_debut = models.DateField(null=True, db_index=True)
    date_fin = models.DateField(null=True)
    date_naissance = models.DateField(null=True)
    recherche = models.TextField(blank=True)
    """Everything one may have in hand, folded, in one text: see `records.searched`."""
    convention = models.CharField(max_length=40, blank=True)
    """The number of the signed convention, as the counsellor gave it."""
    rappel_le = models.DateField(null=True, db_index=True)
    """Set aside until that day."""
    prevenu_at = models.DateTimeField(null=True)
    """When somebody of the body was told that it arrived, by e-mail or by opening it; null: nobody yet."""

    class Meta:
        """Indexes for the queue."""

        indexes = (
            models.Index(fields=["organisme", "statut", "date_debut"]),
            models.Index(fields=["organisme", "envoyee_jour", "statut", "metier"], name="demande_chiffres"),
            # Whole rows are wide: counting and sorting the queue must not read them.
            models.Index(
                fields=["organisme", "statut", "pris_par", "rappel_le", "date_debut", "envoyee_le", "chat", "id"],
                name="demande_file",
            ),
            models.Index(fields=["organisme", "envoyee_jour", "prise_jour", "signee_jour"], name="demande_jours"),
            models.Index(fields=["organisme", "bureau", "bureau_nom"], name="demande_bureaux"),
        )


class EvenementRow(models.Model):
    """An event of a demande; rows are only ever added."""

    demande = models.ForeignKey(DemandeRow, on_delete=models.CASCADE, related_name="evenements")
    at = models.DateTimeField()
    auteur = models.CharField(max_length=150)
    quoi = models.CharField(max_length=20)
    motif = models.TextField(blank=True)
    de = models.CharField(max_length=40, blank=True)
    vers = models.CharField(max_length=40, blank=True)
    changements = models.JSONField(default=list)

    class Meta:
        """In the order they happened."""

        ordering = ("id",)
        indexes = (models.Index(fields=["quoi", "vers", "demande", "at"], name="evenement_delais"),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; an event that is stored cannot be edited."""
        if not self._state.adding:
            raise ConflictError("an event is only ever added")
        super().save(*args, **kwargs)


class HandoffRow(models.Model):
    """The thread of a person with a body: asked for, opened by a counsellor's words, or raised by words of danger."""

    class Origine(models.TextChoices):
        """Who began it."""

        PERSONNE = "personne", "la personne"
        BUREAU = "bureau", "le bureau"
        ALERTE = "alerte", "une alerte"

    chat = models.BigIntegerField(db_index=True)
    organisme = models.CharField(max_length=40, db_index=True)
    opened_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    brouillon = models.JSONField(null=True)
    pris_par = models.CharField(max_length=150, blank=True)
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    origine = models.CharField(max_length=10, choices=Origine.choices, default=Origine.PERSONNE)
    """An alert is on the desk, but the bot goes on answering: nobody has been put through."""
    jusqu_a = models.DateTimeField(null=True)
    """Until when a reply reaches the counsellor, where a counsellor's message opened the channel."""
    attend_depuis = models.DateTimeField(null=True)
    """Since when the person waits for our words; null: they have the last ones."""
    danger = models.CharField(max_length=40, blank=True)
    """The category of the words of danger that were heard, never the words."""
    danger_at = models.DateTimeField(null=True)
    danger_dit = models.CharField(max_length=120, blank=True)
    """What the bot gave in answer (a number), empty where it is not known."""
    danger_vu_par = models.CharField(max_length=150, blank=True)
    danger_vu_at = models.DateTimeField(null=True)
    prevenu_at = models.DateTimeField(null=True)
    """When somebody of the body was told, by e-mail or by opening it; null: nobody yet."""

    class Meta:
        """Indexes for the open threads of a body."""

        indexes = (models.Index(fields=["organisme", "closed_at", "attend_depuis"]),)


class RelayedMessage(models.Model):
    """Words between a person and a counsellor, in a hand-off or about a demande."""

    chat = models.BigIntegerField(db_index=True)
    organisme = models.CharField(max_length=40)
    demande = models.ForeignKey(DemandeRow, null=True, on_delete=models.CASCADE, related_name="messages")
    handoff = models.ForeignKey(HandoffRow, null=True, on_delete=models.CASCADE, related_name="messages")
    at = models.DateTimeField()
    auteur = models.CharField(max_length=150)
    texte = models.TextField()
    outgoing = models.ForeignKey(Outgoing, null=True, on_delete=models.DO_NOTHING)
    """Taken away by `Replies.delete`: were Django to do it, it would first read every reply that goes."""


class Compte(models.Model):
    """Daily counts without content: incidents by category, questions answered, refusals by reason, and so on."""

    jour = models.DateField()
    quoi = models.CharField(max_length=20)
    categorie = models.CharField(max_length=80)
    nombre = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a day and category."""

        constraints = (models.UniqueConstraint(fields=["jour", "quoi", "categorie"], name="un_compte_par_jour"),)


class Lacune(models.Model):
    """A question without an answer, or a disliked one, scrubbed of personal data."""

    at = models.DateTimeField()
    question = models.CharField(max_length=300)
    raison = models.CharField(max_length=80)
    passages = models.JSONField(default=list)


class Heartbeat(models.Model):
    """When each part of the program last showed it was alive."""

    role = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)


class Trace(models.Model):
    """Proof that data was exported or erased: when, what kind, how many; never the content."""

    at = models.DateTimeField()
    quoi = models.CharField(max_length=20)
    auteur = models.CharField(max_length=150)
    nombre = models.PositiveIntegerField(default=0)


class Lease(models.Model):
    """Which process alone does something, and until when; renewed while it lives."""

    name = models.CharField(max_length=20, primary_key=True)
    holder = models.CharField(max_length=120)
    until = models.DateTimeField()


class BureauRow(models.Model):
    """A local office of a public body, imported from the public directory; closed rather than deleted."""

    id = models.CharField(primary_key=True, max_length=150)
    reseau = models.CharField(max_length=40, db_index=True)
    departements = models.CharField(max_length=60)
    """Codes with a space around each: ` 2A 2B `."""
    nom = models.CharField(max_length=220)
    autres_noms = models.JSONField(default=list)
    adresse = models.CharField(max_length=300, blank=True)
    code_postal = models.CharField(max_length=5, blank=True)
    commune = models.CharField(max_length=120, blank=True)
    code_insee = models.CharField(max_length=5, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    url = models.CharField(max_length=300, blank=True)
    horaires = models.CharField(max_length=600, blank=True)
    communes = models.JSONField(default=list)
    importe_le = models.DateField()
    """When an import last changed it."""
    ferme_le = models.DateField(null=True, db_index=True)


class AppellationRow(models.Model):
    """An official name of a trade, as the last imported edition of the ROME gives it."""

    code = models.CharField(primary_key=True, max_length=6)
    code_rome = models.CharField(max_length=5, db_index=True)
    libelle = models.CharField(max_length=250)
    libelle_rome = models.CharField(max_length=250, blank=True)
    importe_le = models.DateField()


class SimulatedChat(models.Model):
    """A conversation as the demo's simulated Telegram shows it; none elsewhere. Number 0: what is of no conversation."""

    chat = models.BigIntegerField(primary_key=True)
    body = models.JSONField(default=dict)
    oublie_a = models.DateTimeField(null=True)
    """By the machine's clock: whoever still shows what is older forgets it too."""
