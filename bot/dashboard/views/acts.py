"""What a counsellor does to a demande: each act is one POST, one event, one message to the person."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from bot.casework import amend, annotate
from bot.dashboard import acts
from bot.dashboard.desk import desk
from bot.dashboard.editing import Editing, read_edits
from bot.dashboard.erasure import erase_one, everything_of
from bot.dashboard.exports import to_json
from bot.dashboard.pages import announce, attachment, page
from bot.dashboard.shown import STATUTS
from bot.dashboard.views.demande import dossier, show
from bot.domain.demande import Champ, Demande, Statut, transition
from bot.domain.turn import CounsellorWrote, StatutChanged
from bot.errors import BotError, ConflictError, InputError, TransitionError
from bot.storage.connection import lock_chat
from bot.storage.models import HandoffRow

LONGEST = 3000
_FORBIDDEN = "Ce changement n'est pas possible d'ici."


def _text(request: Any, name: str) -> str:
    return str(request.POST.get(name, "")).replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]


def _try(request: Any, form: str, act: Callable[[], Any], done: str) -> HttpResponse:
    """Do it, or show the page again with what was typed and one sentence that says what would be right."""
    try:
        act()
    except BotError as error:
        request.objet.refresh_from_db()
        said = str(error) if isinstance(error, InputError | acts.Moved) else _FORBIDDEN
        if isinstance(error, ConflictError):
            said = "Cette demande a changé entre-temps. Relisez-la, puis recommencez."
        status = 409 if isinstance(error, ConflictError | acts.Moved) else 422
        return show(request, status=status, erreur=said, erreur_dans=form, **_typed(request))
    announce(request, done)
    return redirect("demande", pk=request.objet.pk)


def _typed(request: Any) -> dict[str, Any]:
    """What was typed, so that nothing has to be typed twice."""
    return {
        "saisi": request.POST,
        "champs_coches": request.POST.getlist("champs"),
        "brouillon_message": _text(request, "message"),
    }


@require_POST
def statut(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """Change the status; a missing reason or no field ticked is said beside the field."""
    wanted = str(request.POST.get("vers", ""))
    form = f"statut-{wanted}"

    def act() -> None:
        if wanted not in set(Statut):
            raise InputError(_FORBIDDEN)
        target, motif = Statut(wanted), _text(request, "motif")
        champs = tuple(name for name in request.POST.getlist("champs") if name in set(Champ))
        _check(request, target, motif, champs)
        user = request.user.get_username()
        acts.set_status(
            desk(),
            request.objet,
            request.POST.get("vu", ""),
            target,
            role=request.role,
            user=user,
            motif=motif,
            champs=champs,
        )

    return _try(request, form, act, f"Statut changé : {STATUTS[Statut(wanted)] if wanted in set(Statut) else ''}.")


def _check(request: Any, target: Statut, motif: str, champs: tuple[str, ...]) -> None:
    row = transition(Statut(request.objet.statut), target)
    if row is None or request.role not in row.roles:
        raise TransitionError(_FORBIDDEN)
    if row.motif and not motif:
        raise InputError("Écrivez la raison. Elle est transmise à la personne, mot pour mot.")
    if target is Statut.A_COMPLETER and not champs:
        raise InputError("Cochez au moins un champ à demander.")


@require_POST
def transfert(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """Give the demande to another body; the person who did it may no longer see it afterwards."""
    body, motif = str(request.POST.get("organisme", "")), _text(request, "motif")

    def act() -> None:
        if body not in desk().organismes:
            raise InputError("Choisissez l'organisme qui reçoit la demande.")
        if not motif:
            raise InputError("Écrivez la raison du transfert. Elle est transmise à la personne, mot pour mot.")
        user = request.user.get_username()
        acts.send_elsewhere(
            desk(), request.objet, request.POST.get("vu", ""), body, role=request.role, user=user, motif=motif
        )

    response = _try(request, "transfert", act, f"Demande transférée : {desk().body_name(body)}.")
    return redirect("demandes") if response.status_code == 302 else response


@require_POST
def note(request: Any, pk: str) -> HttpResponse:
    """A private note: an event that the person never sees."""
    text, user = _text(request, "note"), request.user.get_username()

    def act() -> None:
        if not text:
            raise InputError("Écrivez la note avant de l'enregistrer.")
        acts.act(desk(), str(pk), None, lambda one: annotate(one, text, auteur=user, at=desk().clock.now()))

    return _try(request, "note", act, "Note enregistrée. La personne ne la voit pas.")


@require_POST
def message(request: Any, pk: str) -> HttpResponse:
    """Write to the person, through the bot."""
    text = _text(request, "message")

    def act() -> None:
        if not text:
            raise InputError("Écrivez le message avant de l'envoyer.")
        event = CounsellorWrote(text, request.objet.organisme, str(pk))
        desk().notifier.tell(request.objet.chat, event, auteur=request.user.get_username())

    return _try(request, "message", act, "Message transmis. Il arrive dans la conversation de la personne.")


@require_POST
def conversation(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """Hold the conversation: the bot stays silent and what the person writes comes here, until it is given back."""
    row, now = request.objet, desk().clock.now()
    with transaction.atomic():
        lock_chat(row.chat)
        held = HandoffRow.objects.select_for_update().filter(chat=row.chat, closed_at=None).first()
        if held is not None and held.organisme != row.organisme:
            announce(request, "Un autre organisme est déjà en conversation avec cette personne.", error=True)
            return redirect("demande", pk=row.pk)
        if held is None:
            held = HandoffRow(chat=row.chat, organisme=row.organisme, opened_at=now)
        held.pris_par, held.taken_at = held.pris_par or request.user.get_username(), held.taken_at or now
        held.save()
    return redirect("conversation", pk=held.pk)


@require_http_methods(["GET", "POST"])
def modifier(request: Any, pk: str) -> HttpResponse:
    """Change fields for the person (by telephone, for instance); each change is kept with what it replaced."""
    known = dossier(request)
    if request.method == "GET":
        return page(request, "modifier.html", {"d": known, "form": Editing(known.demande, desk())})
    form = read_edits(known.demande, request.POST, desk())
    if form.erreurs:
        return page(request, "modifier.html", {"d": known, "form": form}, status=422)
    user, complete = request.user.get_username(), request.POST.get("complete") == "oui"

    def change(one: Demande) -> Demande:
        changed = amend(one, form.changements, auteur=user, at=desk().clock.now())
        if complete and changed.statut is Statut.A_COMPLETER:
            return acts.completed(changed, request.role, user, desk().clock.now())
        return changed

    def told(one: Demande) -> Any:
        return (StatutChanged(one),) if complete and one.statut is Statut.COMPLETEE else ()

    return _try(
        request,
        "modifier",
        lambda: acts.act(desk(), str(pk), request.POST.get("vu", ""), change, told),
        "Modifications enregistrées.",
    )


@require_POST
def donnees(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """Everything held about this demande, for the person who asks; a trace says that it was done."""
    data = everything_of(request.objet, request.user.get_username(), desk())
    return attachment(to_json(data), "application/json", f"donnees-{request.objet.numero}.json")


@require_http_methods(["GET", "POST"])
def effacer(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """Erase the demande for good; typing its number is the confirmation."""
    row, wrong = request.objet, ""
    if request.method == "POST":
        if _text(request, "numero").upper() == row.numero.upper():
            erase_one(row, request.user.get_username(), desk())
            announce(request, f"La demande {row.numero} est effacée. Une trace sans contenu le prouve.")
            return redirect("demandes")
        wrong = f"Recopiez le numéro de la demande : {row.numero}"
    return page(request, "effacer.html", {"row": row, "erreur": wrong}, status=422 if wrong else 200)
