"""A responsable's page: who works in the body, as what; inviting, changing a role, removing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bot.dashboard import accounts
from bot.dashboard.desk import desk
from bot.dashboard.forms import Invite
from bot.dashboard.models import ROLES, Invitation, Membership
from bot.dashboard.pages import announce, page
from bot.dashboard.views.account import absolute
from bot.domain.bureaux import reconnaitre
from bot.domain.demande import Role
from bot.storage.models import BureauRow
from bot.storage.offices import DjangoOfficeDirectory


@require_safe
def equipe(request: Any) -> HttpResponse:
    """Every body the person is responsable of."""
    return _team(request)


def _team(request: Any, wrong: str = "", form: Invite | None = None, status: int = 200) -> HttpResponse:
    mine = sorted(slug for slug, role in request.roles.items() if role is Role.RESPONSABLE)
    members = Membership.objects.filter(organisme__in=mine).select_related("user", "user__second_factor")
    invited = Invitation.objects.filter(organisme__in=mine, utilisee_le=None).order_by("creee_le")
    named = {bureau for row in members for bureau in row.bureaux}
    offices = dict(BureauRow.objects.filter(pk__in=named).values_list("pk", "nom"))
    listed = set(BureauRow.objects.filter(reseau__in=mine, ferme_le=None).values_list("reseau", flat=True).distinct())
    now = desk().clock.now()
    bodies = [
        {
            "slug": slug,
            "nom": desk().body_name(slug),
            "membres": [
                (row, [(pk, offices.get(pk, pk)) for pk in row.bureaux]) for row in members if row.organisme == slug
            ],
            "bureaux": slug in listed,
            "invitations": [(row, row.usable(now)) for row in invited if row.organisme == slug],
            "form": form if form and slug == wrong else Invite(auto_id=f"{slug}-%s"),
        }
        for slug in mine
    ]
    return page(request, "equipe.html", {"organismes": bodies, "roles": ROLES}, status=status)


@require_POST
def inviter(request: Any, organisme: str) -> HttpResponse:
    """Send the invitation; the link is in the e-mail and nowhere else."""
    form = Invite(request.POST, auto_id=f"{organisme}-%s")
    if not form.is_valid():
        return _team(request, organisme, form, status=422)
    data, now = form.cleaned_data, desk().clock.now()
    sent, token = accounts.invite(data["email"], organisme, data["role"], by=request.user.get_username(), now=now)
    link = absolute(request, reverse("invitation", args=[token]))
    try:
        accounts.mail_invitation(sent, link, desk().body_name(organisme), desk().email_from)
    except OSError:
        sent.delete()
        form.add_error(None, "Le message n'est pas parti : le serveur de courrier ne répond pas. Réessayez plus tard.")
        return _team(request, organisme, form, status=502)
    announce(request, "L'invitation est partie. Le lien est valable 7 jours.")
    return redirect("equipe")


def _member(organisme: str, membre: int) -> Membership:
    found = Membership.objects.filter(pk=membre, organisme=organisme).select_related("user").first()
    if found is None:
        raise Http404
    return found


def _last(member: Membership) -> bool:
    """The only responsable left: nobody could invite any more."""
    others = Membership.objects.filter(organisme=member.organisme, role=Role.RESPONSABLE.value).exclude(pk=member.pk)
    return member.role == Role.RESPONSABLE.value and not others.exists()


@require_POST
def role(request: Any, organisme: str, membre: int) -> HttpResponse:
    """Change a member's role."""
    member, wanted = _member(organisme, membre), request.POST.get("role", "")
    if wanted not in dict(ROLES):
        announce(request, "Ce rôle n'existe pas.", error=True)
    elif _last(member) and wanted != Role.RESPONSABLE.value:
        announce(request, "Gardez au moins un responsable.", error=True)
    else:
        Membership.objects.filter(pk=member.pk).update(role=wanted)
        announce(request, f"{member.user.get_username()} : rôle changé.")
    return redirect("equipe")


@require_POST
def retirer(request: Any, organisme: str, membre: int) -> HttpResponse:
    """Take the access to this body away; what the member did stays signed."""
    member = _member(organisme, membre)
    if _last(member):
        announce(request, "Gardez au moins un responsable.", error=True)
    else:
        member.delete()
        announce(request, f"{member.user.get_username()} n'a plus accès à cet organisme.")
    return redirect("equipe")


@require_POST
def bureau(request: Any, organisme: str, membre: int) -> HttpResponse:
    """Attach a member to one more local office, by its name or its town, or detach them; without any: the network."""
    member, name = _member(organisme, membre), ""
    gone = request.POST.get("retirer", "")
    if gone:
        kept = [one for one in member.bureaux if one != gone]
    else:
        typed = " ".join(str(request.POST.get("nom", "")).split())[:120]
        found = reconnaitre(DjangoOfficeDirectory().of(organisme), typed)
        if found.bureau is None:
            close = ", ".join(one.nom for one in found.candidats)
            said = f"Plusieurs bureaux répondent à ce nom : {close}. Précisez." if close else "Aucun bureau de ce nom."
            announce(request, said, error=True)
            return redirect("equipe")
        name = found.bureau.nom
        kept = list(dict.fromkeys([*member.bureaux, found.bureau.id]))
    Membership.objects.filter(pk=member.pk).update(bureaux=kept)
    who = member.user.get_username()
    if gone:
        announce(request, f"{who} : bureau retiré." if kept else f"{who} voit de nouveau tout le réseau.")
    else:
        announce(request, f"{who} : {name}. Il voit ce bureau et les demandes sans bureau.")
    return redirect("equipe")


@require_POST
def code(request: Any, organisme: str, membre: int) -> HttpResponse:
    """Remove the second factor of a member who lost the telephone."""
    member = _member(organisme, membre)
    mine = [slug for slug, role in request.roles.items() if role is Role.RESPONSABLE]
    if not accounts.within(member.user, mine):
        announce(request, f"{member.user.get_username()} travaille aussi ailleurs : son code lui reste.", error=True)
        return redirect("equipe")
    accounts.remove_factor(member.user, by=request.user.get_username(), now=desk().clock.now())
    announce(request, f"La double authentification de {member.user.get_username()} est retirée.")
    return redirect("equipe")
