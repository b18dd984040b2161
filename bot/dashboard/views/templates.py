"""Reply templates: written, tied to a passage, checked again when the passage moves."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bot.dashboard.desk import desk
from bot.dashboard.forms import Template
from bot.dashboard.models import ReplyTemplate
from bot.dashboard.pages import announce, page
from bot.dashboard.replies import described, fingerprint
from bot.dashboard.rights import TRAITER


def _acting_bodies(request: Any) -> list[tuple[str, str]]:
    return [(slug, desk().body_name(slug)) for slug, role in sorted(request.roles.items()) if role in TRAITER]


@require_safe
def modeles(request: Any) -> HttpResponse:
    """The templates of my bodies, those to read again first."""
    rows = ReplyTemplate.objects.filter(organisme__in=request.roles)
    found = sorted((described(row, desk()) for row in rows), key=lambda one: (not one.alerte, one.modele.titre))
    acting = {slug for slug, _ in _acting_bodies(request)}
    context = {
        "modeles": [(one, desk().body_name(one.modele.organisme), one.modele.organisme in acting) for one in found]
    }
    return page(request, "modeles.html", context)


def _form(request: Any, row: ReplyTemplate | None) -> Template:
    passages = sorted(((ref, passage.titre) for ref, passage in desk().passages().items()), key=lambda pair: pair[1])
    bodies = _acting_bodies(request) if row is None else [(row.organisme, desk().body_name(row.organisme))]
    initial = {"organisme": bodies[0][0]} if bodies else {}
    if row is not None:
        initial = {"organisme": row.organisme, "titre": row.titre, "texte": row.texte, "passage": row.passage}
        if row.passage and row.passage not in dict(passages):
            passages.append((row.passage, f"{row.passage} (n'existe plus)"))
    return Template(request.POST or None, initial=initial, organismes=bodies, passages=passages)


@require_http_methods(["GET", "POST"])
def nouveau(request: Any) -> HttpResponse:
    """Write one."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def modele(request: Any, pk: int) -> HttpResponse:  # noqa: ARG001
    """Change one."""
    return _edit(request, request.objet)


def _edit(request: Any, row: ReplyTemplate | None) -> HttpResponse:
    form = _form(request, row)
    if not form.is_valid():
        return page(request, "modele.html", {"form": form, "modele": row}, status=422 if form.errors else 200)
    target = row or ReplyTemplate()
    for name in ("organisme", "titre", "texte", "passage"):
        setattr(target, name, form.cleaned_data[name])
    _check(request, target)
    announce(request, "Modèle enregistré.")
    return redirect("modeles")


def _check(request: Any, row: ReplyTemplate) -> None:
    """Somebody read the template against the passage as it is now."""
    passage = desk().passages().get(row.passage)
    row.empreinte = fingerprint(passage) if passage else ""
    row.verifie_par, row.verifie_le = request.user.get_username(), desk().clock.now()
    row.save()


@require_POST
def verifier(request: Any, pk: int) -> HttpResponse:  # noqa: ARG001
    """The template still says what the passage says."""
    _check(request, request.objet)
    announce(request, "Modèle vérifié.")
    return redirect("modeles")


@require_POST
def supprimer(request: Any, pk: int) -> HttpResponse:  # noqa: ARG001
    """Remove one."""
    request.objet.delete()
    announce(request, "Modèle supprimé.")
    return redirect("modeles")
