"""Who may open what: one table, read by the middleware and by the permission matrix of the tests (ADR 0031)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.dashboard.desk import TRIAGE
from bot.domain.demande import Role


class Scope(StrEnum):
    """What the address points at, hence whose rights are asked."""

    PUBLIC = "public"
    COMPTE = "compte"
    """Any signed-in account."""
    MEMBRE = "membre"
    """An account with at least one of the roles in at least one body."""
    DEMANDE = "demande"
    """The body that holds the demande; the triage queue is everybody's."""
    CONVERSATION = "conversation"
    """The body that was asked to answer."""
    MODELE = "modele"
    """The body that owns the reply template."""
    ORGANISME = "organisme"
    """The body named in the address."""


LIRE = frozenset({Role.LECTURE, Role.CONSEILLER, Role.VALIDEUR, Role.RESPONSABLE})
TRAITER = LIRE - {Role.LECTURE}
DIRIGER = frozenset({Role.RESPONSABLE})

RANK = (Role.LECTURE, Role.CONSEILLER, Role.VALIDEUR, Role.RESPONSABLE)


@dataclass(frozen=True, slots=True)
class Right:
    """Scope and roles of one address."""

    scope: Scope
    roles: frozenset[Role] = LIRE


_PUBLIC, _COMPTE, _MEMBRE = Right(Scope.PUBLIC), Right(Scope.COMPTE), Right(Scope.MEMBRE)

RIGHTS: Mapping[str, Right] = {
    "connexion": _PUBLIC,
    "code": _PUBLIC,
    "oidc": _PUBLIC,
    "oidc-retour": _PUBLIC,
    "invitation": _PUBLIC,
    "invitation-creer": _PUBLIC,
    "lien-mot-de-passe": _PUBLIC,
    "oubli": _PUBLIC,
    "nouveau-mot-de-passe": _PUBLIC,
    "accessibilite": _PUBLIC,
    "sante": _PUBLIC,
    "statique": _PUBLIC,
    "avis-stop": _PUBLIC,
    "deconnexion": _COMPTE,
    "accueil": _COMPTE,
    "compte": _COMPTE,
    "mot-de-passe": _COMPTE,
    "double": _COMPTE,
    "reprise": _COMPTE,
    "session-fin": _COMPTE,
    "activite": _COMPTE,
    "demandes": _MEMBRE,
    "recherche": _MEMBRE,
    "vue-creer": _MEMBRE,
    "vue-supprimer": _MEMBRE,
    "avis": Right(Scope.MEMBRE, TRAITER),
    "compteurs": _MEMBRE,
    "raccourcis": _MEMBRE,
    "chiffres": _MEMBRE,
    "etat": _MEMBRE,
    "modeles": _MEMBRE,
    "chiffres-export": _MEMBRE,
    "demandes-lot": Right(Scope.MEMBRE, TRAITER),
    "demandes-export": Right(Scope.MEMBRE, TRAITER),
    "conversations": Right(Scope.MEMBRE, TRAITER),
    "modele-nouveau": Right(Scope.MEMBRE, TRAITER),
    "equipe": Right(Scope.MEMBRE, DIRIGER),
    "base": Right(Scope.MEMBRE, DIRIGER),
    "demande": Right(Scope.DEMANDE),
    "demande-suivante": Right(Scope.DEMANDE),
    "demande-precedente": Right(Scope.DEMANDE),
    "demande-texte": Right(Scope.DEMANDE),
    "demande-pdf": Right(Scope.DEMANDE),
    "demande-agenda": Right(Scope.DEMANDE),
    "demande-brouillon": Right(Scope.DEMANDE),
    "demande-json": Right(Scope.DEMANDE),
    "demande-statut": Right(Scope.DEMANDE, TRAITER),
    "demande-transfert": Right(Scope.DEMANDE, TRAITER),
    "demande-note": Right(Scope.DEMANDE, TRAITER),
    "demande-message": Right(Scope.DEMANDE, TRAITER),
    "demande-attribuer": Right(Scope.DEMANDE, TRAITER),
    "demande-rappel": Right(Scope.DEMANDE, TRAITER),
    "annuler": Right(Scope.MEMBRE, TRAITER),
    "demande-modifier": Right(Scope.DEMANDE, TRAITER),
    "demande-donnees": Right(Scope.DEMANDE, DIRIGER),
    "demande-effacer": Right(Scope.DEMANDE, DIRIGER),
    "conversation": Right(Scope.CONVERSATION, TRAITER),
    "conversation-prendre": Right(Scope.CONVERSATION, TRAITER),
    "conversation-repondre": Right(Scope.CONVERSATION, TRAITER),
    "conversation-rendre": Right(Scope.CONVERSATION, TRAITER),
    "conversation-vue": Right(Scope.CONVERSATION, TRAITER),
    "conversation-attribuer": Right(Scope.CONVERSATION, TRAITER),
    "modele": Right(Scope.MODELE, TRAITER),
    "modele-supprimer": Right(Scope.MODELE, TRAITER),
    "modele-verifier": Right(Scope.MODELE, TRAITER),
    "equipe-inviter": Right(Scope.ORGANISME, DIRIGER),
    "equipe-role": Right(Scope.ORGANISME, DIRIGER),
    "equipe-retirer": Right(Scope.ORGANISME, DIRIGER),
    "equipe-bureau": Right(Scope.ORGANISME, DIRIGER),
    "equipe-code": Right(Scope.ORGANISME, DIRIGER),
}
"""Every address by name; one that is not here is refused to everybody."""


def role_in(roles: Mapping[str, Role], organisme: str) -> Role | None:
    """The role held in a body. Whoever may act anywhere may sort the triage queue, but signs nothing there."""
    if organisme == TRIAGE and TRIAGE not in roles and roles:
        best = max(roles.values(), key=RANK.index)
        return min(best, Role.CONSEILLER, key=RANK.index)
    return roles.get(organisme)


def visible_bodies(roles: Mapping[str, Role]) -> tuple[str, ...]:
    """The bodies whose demandes this person sees, the triage queue last."""
    return (*sorted(slug for slug in roles if slug != TRIAGE), TRIAGE) if roles else ()
