"""What a member is told by e-mail, who covers while away, and the link that stops an e-mail."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bot.dashboard import courrier
from bot.dashboard.forms import DeskForm
from bot.dashboard.members import acting
from bot.dashboard.models import Preference
from bot.dashboard.pages import announce, page


class Choices(DeskForm):
    """What to be told, and when one is away."""

    urgent = forms.BooleanField(
        label="Les urgences, tout de suite",
        required=False,
        help_text="Mots de danger, début trop proche, réponse à votre message.",
    )
    resume = forms.BooleanField(
        label="Un résumé, chaque jour ouvré à 8 h", required=False, help_text="Rien quand rien n'attend."
    )
    absent_du = forms.DateField(label="Absent du", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    absent_au = forms.DateField(
        label="Jusqu'au, compris", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    remplacant = forms.ChoiceField(label="Qui me remplace", required=False)

    def __init__(self, *args: Any, equipe: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remplacant"].choices = [("", "Toute l'équipe"), *equipe]

    def clean(self) -> dict[str, Any]:
        """An absence has a beginning, and ends after it."""
        data = super().clean() or {}
        start, end = data.get("absent_du"), data.get("absent_au")
        if end and not start:
            self.add_error("absent_du", "Donnez aussi le premier jour.")
        if start and end and end < start:
            self.add_error("absent_au", "Le dernier jour vient avant le premier.")
        return data


@require_http_methods(["GET", "POST"])
def avis(request: Any) -> HttpResponse:
    """My choices."""
    known = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    mates = {row.user.get_username() for row in acting(request.roles)} - {request.user.get_username()}
    initial = {
        "urgent": known.urgent,
        "resume": known.resume,
        "absent_du": known.absent_du.isoformat() if known.absent_du else "",
        "absent_au": known.absent_au.isoformat() if known.absent_au else "",
        "remplacant": known.remplacant.get_username() if known.remplacant else "",
    }
    form = Choices(request.POST or None, initial=initial, equipe=[(name, name) for name in sorted(mates)])
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        cover = get_user_model().objects.filter(username=chosen["remplacant"]).first() if chosen["remplacant"] else None
        kept = {name: chosen[name] for name in ("urgent", "resume", "absent_du", "absent_au")}
        Preference.objects.update_or_create(user=request.user, defaults=kept | {"remplacant": cover})
        announce(request, "C'est noté.")
        return redirect("avis")
    context = {"form": form, "adresse": request.user.email, "part": courrier.able()}
    return page(request, "avis.html", context, status=422 if form.errors else 200)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: Any, jeton: str) -> HttpResponse:
    """Stop one kind of e-mail: a page that asks first, for mail scanners open links too; a POST does it (RFC 8058)."""
    found = courrier.stopped(jeton)
    if found is None:
        return page(request, "avis_stop.html", {"connu": False}, status=410)
    user, kind = found
    done = request.method == "POST"
    if done:
        Preference.objects.update_or_create(user=user, defaults={kind: False})
    return page(request, "avis_stop.html", {"connu": True, "fait": done, "quoi": courrier.KINDS[kind]})
