"""Every address of the desk; each name has its line in the table of rights."""

from django.urls import path

from bot.dashboard.assets import asset
from bot.dashboard.views import (
    account,
    acts,
    conversations,
    demande,
    exports,
    figures,
    public,
    queue,
    session,
    team,
    templates,
)

urlpatterns = [
    path("", queue.accueil, name="accueil"),
    path("connexion/", session.connexion, name="connexion"),
    path("connexion/code/", session.code, name="code"),
    path("deconnexion/", session.deconnexion, name="deconnexion"),
    path("invitation/", account.creer, name="invitation-creer"),
    path("invitation/<str:jeton>/", account.invitation, name="invitation"),
    path("mot-de-passe-oublie/", account.oubli, name="oubli"),
    path("nouveau-mot-de-passe/", account.nouveau, name="nouveau-mot-de-passe"),
    path("nouveau-mot-de-passe/<int:compte>/<str:jeton>/", account.lien, name="lien-mot-de-passe"),
    path("compte/", account.compte, name="compte"),
    path("compte/mot-de-passe/", account.mot_de_passe, name="mot-de-passe"),
    path("compte/double-authentification/", account.double, name="double"),
    path("demandes/", queue.demandes, name="demandes"),
    path("demandes/recherche/", queue.recherche, name="recherche"),
    path("demandes/export.<str:forme>", exports.demandes_export, name="demandes-export"),
    path("vues/", queue.vue_creer, name="vue-creer"),
    path("vues/<int:vue>/supprimer/", queue.vue_supprimer, name="vue-supprimer"),
    path("demandes/<uuid:pk>/", demande.demande, name="demande"),
    path("demandes/<uuid:pk>/texte/", demande.texte, name="demande-texte"),
    path("demandes/<uuid:pk>/pdf/", demande.pdf, name="demande-pdf"),
    path("demandes/<uuid:pk>/agenda/", demande.agenda, name="demande-agenda"),
    path("demandes/<uuid:pk>/brouillon/", demande.brouillon, name="demande-brouillon"),
    path("demandes/<uuid:pk>/json/", demande.donnees_json, name="demande-json"),
    path("demandes/<uuid:pk>/statut/", acts.statut, name="demande-statut"),
    path("demandes/<uuid:pk>/transfert/", acts.transfert, name="demande-transfert"),
    path("demandes/<uuid:pk>/note/", acts.note, name="demande-note"),
    path("demandes/<uuid:pk>/message/", acts.message, name="demande-message"),
    path("demandes/<uuid:pk>/conversation/", acts.conversation, name="demande-conversation"),
    path("demandes/<uuid:pk>/modifier/", acts.modifier, name="demande-modifier"),
    path("demandes/<uuid:pk>/donnees/", acts.donnees, name="demande-donnees"),
    path("demandes/<uuid:pk>/effacer/", acts.effacer, name="demande-effacer"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/<int:pk>/", conversations.conversation, name="conversation"),
    path("conversations/<int:pk>/prendre/", conversations.prendre, name="conversation-prendre"),
    path("conversations/<int:pk>/repondre/", conversations.repondre, name="conversation-repondre"),
    path("conversations/<int:pk>/rendre/", conversations.rendre, name="conversation-rendre"),
    path("modeles/", templates.modeles, name="modeles"),
    path("modeles/nouveau/", templates.nouveau, name="modele-nouveau"),
    path("modeles/<int:pk>/", templates.modele, name="modele"),
    path("modeles/<int:pk>/verifier/", templates.verifier, name="modele-verifier"),
    path("modeles/<int:pk>/supprimer/", templates.supprimer, name="modele-supprimer"),
    path("equipe/", team.equipe, name="equipe"),
    path("equipe/<slug:organisme>/inviter/", team.inviter, name="equipe-inviter"),
    path("equipe/<slug:organisme>/<int:membre>/role/", team.role, name="equipe-role"),
    path("equipe/<slug:organisme>/<int:membre>/retirer/", team.retirer, name="equipe-retirer"),
    path("equipe/<slug:organisme>/<int:membre>/code/", team.code, name="equipe-code"),
    path("chiffres/", figures.chiffres, name="chiffres"),
    path("chiffres/export.<str:forme>", exports.chiffres_export, name="chiffres-export"),
    path("etat/", figures.etat, name="etat"),
    path("sante", figures.sante, name="sante"),
    path("accessibilite/", public.accessibilite, name="accessibilite"),
    path("statique/<str:nom>", asset, name="statique"),
]

handler400 = public.invalide
handler403 = public.refuse
handler404 = public.absent
handler500 = public.panne
