"""Who works at the desk and with what: memberships, invitations, saved views, reply templates, second factor."""

from datetime import datetime

from django.conf import settings
from django.db import models

from bot.domain.demande import Role

ROLES = ((Role.LECTURE.value, "lecture"), (Role.CONSEILLER.value, "conseiller"), (Role.VALIDEUR.value, "valideur"),
         (Role.RESPONSABLE.value, "responsable"))  # fmt: skip
"""The roles a member may hold, weakest first."""


class Membership(models.Model):
    """A user's role in a body."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisme = models.CharField(max_length=40, db_index=True)
    role = models.CharField(max_length=12, choices=ROLES)
    depuis = models.DateTimeField()
    bureaux = models.JSONField(default=list, db_default=[])
    """The identifiers of the local offices where the member works; empty: the whole network."""

    class Meta:
        """One role a body."""

        constraints = (models.UniqueConstraint(fields=["user", "organisme"], name="un_role_par_organisme"),)
        ordering = ("organisme", "user__username")


class Invitation(models.Model):
    """A link sent by e-mail; only its digest is kept, so that the table opens no door."""

    email = models.EmailField()
    organisme = models.CharField(max_length=40, db_index=True)
    role = models.CharField(max_length=12, choices=ROLES)
    empreinte = models.CharField(max_length=64, unique=True)
    invitee_par = models.CharField(max_length=150)
    creee_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    utilisee_le = models.DateTimeField(null=True)

    def usable(self, now: datetime) -> bool:
        """Neither used nor expired."""
        return self.utilisee_le is None and now < self.expire_le


class LoginAttempt(models.Model):
    """A failed try, by a digest of who tried: the name typed may be a password typed too early."""

    empreinte = models.CharField(max_length=64, db_index=True)
    compte = models.CharField(max_length=64, db_index=True, blank=True, default="", db_default="")
    """The digest of the account, whoever tried."""
    at = models.DateTimeField(db_index=True)


class SecondFactor(models.Model):
    """A user's TOTP secret; `dernier_pas` refuses the same code twice (RFC 6238, 5.2)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=64)
    actif = models.BooleanField(default=False)
    dernier_pas = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code that replaces the telephone once; only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    empreinte = models.CharField(max_length=64, unique=True)


class Ouverture(models.Model):
    """A session of an account, so that its owner sees where it is open, and ends it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ouvertures")
    cle = models.CharField(max_length=40, unique=True)
    depuis = models.DateTimeField()
    appareil = models.CharField(max_length=60)


class Identite(models.Model):
    """An account at an outside provider (OpenID Connect): its `sub` never changes, an address may."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identites")
    emetteur = models.CharField(max_length=200)
    sujet = models.CharField(max_length=255)

    class Meta:
        """One account an identity."""

        constraints = (models.UniqueConstraint(fields=["emetteur", "sujet"], name="une_identite"),)


class Courriel(models.Model):
    """An e-mail that waits for the worker; erased once it has left."""

    destinataire = models.EmailField()
    sujet = models.CharField(max_length=200, blank=True)
    texte = models.TextField(blank=True)
    genre = models.CharField(max_length=20, blank=True)
    """What the worker writes itself, so that the page does the same whoever the address belongs to."""
    base = models.CharField(max_length=200, blank=True)
    depuis = models.DateTimeField()
    pas_avant = models.DateTimeField(db_index=True)
    essais = models.PositiveSmallIntegerField(default=0)


class SavedView(models.Model):
    """A user's filters under a name; the query holds no personal data (ADR 0032)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views")
    nom = models.CharField(max_length=60)
    requete = models.CharField(max_length=500)
    partagee = models.CharField(max_length=40, blank=True)
    """The body whose members see it too; empty: its owner alone."""

    class Meta:
        """By name."""

        ordering = ("nom",)
        constraints = (models.UniqueConstraint(fields=["user", "nom"], name="un_nom_par_vue"),)


class ReplyTemplate(models.Model):
    """A ready reply of a body, tied to the passage it relies on as it was when somebody last checked."""

    organisme = models.CharField(max_length=40, db_index=True)
    titre = models.CharField(max_length=80)
    texte = models.TextField()
    passage = models.CharField(max_length=120, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    verifie_par = models.CharField(max_length=150)
    verifie_le = models.DateTimeField()

    class Meta:
        """By title."""

        ordering = ("titre",)


class Preference(models.Model):
    """What a member wants to be told by e-mail, and who covers while away."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference")
    urgent = models.BooleanField(default=True)
    """At once: a crisis, a start too near, a reply to my question."""
    resume = models.BooleanField(default=True)
    """Once a working day: what waits."""
    absent_du = models.DateField(null=True)
    absent_au = models.DateField(null=True)
    remplacant = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class Avis(models.Model):
    """One thing told to one member by e-mail: `cle` keeps it from being told twice, and names no person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="avis")
    cle = models.CharField(max_length=80)
    at = models.DateTimeField(db_index=True)

    class Meta:
        """Once."""

        constraints = (models.UniqueConstraint(fields=["user", "cle"], name="un_avis_par_membre"),)


class Retour(models.Model):
    """What a change can be undone to, for a few seconds; `lot` joins the demandes changed by one gesture."""

    demande = models.UUIDField(primary_key=True)
    lot = models.UUIDField(db_index=True)
    par = models.CharField(max_length=150)
    at = models.DateTimeField(db_index=True)
    avant = models.JSONField()
    """The columns of the row as they were, and how many events it had."""
    session_avant = models.JSONField(null=True)
    session_apres = models.JSONField(null=True)
    """The conversation before and after it was told, empty where telling moved nothing."""


class SourceVue(models.Model):
    """A source that was asked for: when, and what it answered."""

    url = models.CharField(max_length=500, unique=True)
    at = models.DateTimeField()
    etat = models.CharField(max_length=60)
    """`200`, `404`…, or the name of the error."""
    bien = models.BooleanField(default=True)
